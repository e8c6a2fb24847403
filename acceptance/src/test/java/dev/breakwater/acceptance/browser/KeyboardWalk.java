package dev.breakwater.acceptance.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A walk through a page with the Tab key alone: it has to come by everything that can be used, and wherever it stands
 * that has to be seen. It begins where the page lets it begin, so it is made on a page that has just been loaded.
 */
public final class KeyboardWalk {

    private static final int TAB = 9;
    /** A field for a time has several stops. */
    private static final int STOPS_PER_CONTROL = 8;

    private static final String MARK = """
            (() => {
              const usable = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
              const groups = new Set();
              const names = [];
              for (const control of document.querySelectorAll(usable)) {
                const box = control.getBoundingClientRect();
                if (!control.checkVisibility({visibilityProperty: true}) || control.disabled || control.tabIndex < 0) continue;
                if (box.width === 0 || box.height === 0) continue;
                if (control.type === 'radio') {
                  const group = [...document.getElementsByName(control.name)];
                  const stop = group.find(each => each.checked) ?? group[0];
                  if (stop !== control || groups.has(control.name)) continue;
                  groups.add(control.name);
                }
                control.placeInWalk = names.length;
                names.push(`${control.tagName.toLowerCase()} "${(control.innerText || control.name || control.id).trim().slice(0, 40)}"`);
              }
              return names;
            })()""";

    private static final String STAND = """
            (() => {
              const control = document.activeElement;
              if (!control || control === document.body) return {walk: -1, seen: true, name: 'nothing'};
              const style = getComputedStyle(control);
              const box = control.getBoundingClientRect();
              const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
              const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
              return {
                walk: control.placeInWalk ?? -1,
                seen: ring && inView,
                name: `${control.tagName.toLowerCase()} "${(control.innerText || control.name || control.id).trim().slice(0, 40)}"`
              };
            })()""";

    private KeyboardWalk() {}

    /** What the walk did not come by, and where it stood without being seen. */
    public static List<String> faults(Tab tab) {
        List<String> names = tab.texts(MARK);
        Set<Integer> missing = new TreeSet<>();
        for (int i = 0; i < names.size(); i++) {
            missing.add(i);
        }
        Set<String> unseen = new TreeSet<>();
        missing.remove(tab.evaluate(STAND).get("walk").asInt());
        for (int step = 0; !missing.isEmpty() && step < names.size() * STOPS_PER_CONTROL; step++) {
            tab.key("Tab", TAB);
            JsonNode stand = tab.evaluate(STAND);
            missing.remove(stand.get("walk").asInt());
            if (!stand.get("seen").asBoolean()) {
                unseen.add("no visible focus on " + stand.get("name").asString());
            }
        }
        List<String> faults = new ArrayList<>(unseen);
        missing.forEach(each -> faults.add("not reached by Tab: " + names.get(each)));
        return faults;
    }
}
