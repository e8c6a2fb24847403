package dev.breakwater.server.command;

import dev.breakwater.server.config.Configuration;
import dev.breakwater.server.config.ConfigurationGuide;
import dev.breakwater.server.config.Setting;
import dev.breakwater.server.config.Settings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the settings that hold, where each came from, and no secret. */
@Command(name = "config", description = "Show the settings that hold, and where each comes from.")
final class ConfigCommand implements Callable<Integer> {

    @Mixin
    final SettingOptions settings = new SettingOptions();

    @Option(names = "--markdown", description = "print the guide to all settings instead")
    private boolean guide;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (guide) {
            out.print(ConfigurationGuide.markdown());
        } else {
            Configuration configuration = settings.load();
            for (Setting<?> setting : Settings.ALL) {
                Configuration.Effective<?> value = configuration.effective(setting);
                String shown = setting.equals(Settings.DATA_DIR)
                        ? configuration.dataFolder().toString()
                        : value.shown();
                out.printf("%-46s %-28s (%s)%n", setting.key(), shown, value.origin());
            }
        }
        out.flush();
        return 0;
    }
}
