package dev.breakwater.acceptance.browser;

import java.util.List;

/** Whether a page fits a phone of {@value #WIDTH} pixels without scrolling sideways. */
public final class PhoneWidth {

    /** The width of a small phone. */
    public static final int WIDTH = 375;

    /** The height that goes with it. */
    public static final int HEIGHT = 812;

    private static final String SCRIPT = """
            (() => {
              if (document.documentElement.scrollWidth <= %1$d) return [];
              const wide = [...document.body.querySelectorAll('*')]
                .filter(each => each.checkVisibility() && each.getBoundingClientRect().right > %1$d + 0.5)
                .map(each => `${each.tagName.toLowerCase()}.${each.className} "${(each.innerText ?? '').slice(0, 30)}" ends at `
                  + Math.round(each.getBoundingClientRect().right));
              return [`the page is ${document.documentElement.scrollWidth} wide`, ...wide.slice(-6)];
            })()""".formatted(WIDTH);

    private PhoneWidth() {}

    /** What makes the page too wide for a tab that has the size of the phone. */
    public static List<String> tooWide(Tab tab) {
        return tab.texts(SCRIPT);
    }
}
