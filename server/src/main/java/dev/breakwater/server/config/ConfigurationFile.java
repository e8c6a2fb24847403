package dev.breakwater.server.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads {@code breakwater.yaml}: nested sections or dotted keys, as one likes. It keeps the line of every value, so that
 * a mistake can be shown where it stands.
 */
final class ConfigurationFile {

    private static final int MOST_CHARACTERS = 1 << 20;

    private final Path path;
    private final List<GivenValue> values = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private ConfigurationFile(Path path) {
        this.path = path;
    }

    /** The values of the file; throws {@link ConfigurationException} when it isn't YAML of the expected shape. */
    static List<GivenValue> read(Path path) {
        ConfigurationFile file = new ConfigurationFile(path);
        try {
            file.root().ifPresent(root -> file.section("", root));
        } catch (MalformedInputException e) {
            file.problems.add(path + ": not UTF-8 text");
        } catch (IOException e) {
            file.problems.add(path + ": can't be read: " + e);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            file.problems.add(path + " line " + line + ": not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            file.problems.add(path + ": not valid YAML: " + e.getMessage());
        }
        if (!file.problems.isEmpty()) {
            throw new ConfigurationException(file.problems);
        }
        return List.copyOf(file.values);
    }

    private Optional<Node> root() throws IOException {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(MOST_CHARACTERS)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .build();
        return new Compose(settings).composeString(Files.readString(path));
    }

    private void section(String prefix, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            if (!isNothing(node)) {
                problem(node, (prefix.isEmpty() ? "the file" : prefix) + " must hold settings as \"key: value\"");
            }
            return;
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode name) {
                entry(prefix.isEmpty() ? name.getValue() : prefix + "." + name.getValue(), entry.getValueNode());
            } else {
                problem(entry.getKeyNode(), "a key must be plain text");
            }
        }
    }

    private void entry(String key, Node value) {
        switch (value) {
            case MappingNode mapping -> section(key, mapping);
            case ScalarNode scalar -> add(key, isNothing(scalar) ? "" : scalar.getValue(), value);
            case SequenceNode sequence -> {
                List<String> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    if (item instanceof ScalarNode scalar) {
                        items.add(scalar.getValue());
                    } else {
                        problem(item, key + " must be a list of plain values");
                    }
                }
                add(key, String.join(",", items), value);
            }
            default -> problem(value, key + " has a value of an unknown kind");
        }
    }

    private void add(String key, String text, Node at) {
        Origin.File origin = new Origin.File(path, line(at));
        if (values.stream().anyMatch(value -> value.key().equals(key))) {
            problems.add(origin + ": " + key + " stands there twice");
        }
        values.add(new GivenValue(key, text, origin));
    }

    private void problem(Node at, String text) {
        problems.add(path + " line " + line(at) + ": " + text);
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
