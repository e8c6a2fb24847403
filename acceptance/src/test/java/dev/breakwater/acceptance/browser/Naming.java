package dev.breakwater.acceptance.browser;

import java.util.List;

/**
 * Whether somebody who does not see the page is told what is what: one first heading, headings in order, a language and
 * a title, a label for each field, a name for each button, link and image, and references that lead somewhere.
 */
public final class Naming {

    private static final String SCRIPT = """
            (() => {
              const found = [];
              const all = selector => [...document.querySelectorAll(selector)].filter(each => each.checkVisibility());
              const words = text => (text ?? '').trim();
              const named = each => words(each.getAttribute('aria-label'))
                || words(each.getAttribute('aria-labelledby')?.split(/\\s+/)
                  .map(id => document.getElementById(id)?.textContent).join(' '));
              const show = each => each.outerHTML.slice(0, 120);
              if (!words(document.documentElement.lang)) found.push('no language');
              if (!words(document.title)) found.push('no title');
              if (all('main').length !== 1) found.push(all('main').length + ' main parts');
              if (all('h1').length !== 1) found.push(all('h1').length + ' first headings');
              let level = 0;
              for (const heading of all('main h1, main h2, main h3, main h4')) {
                const next = Number(heading.tagName[1]);
                if (next > level + 1) found.push('a heading is left out before ' + show(heading));
                level = next;
              }
              for (const field of all('input:not([type=hidden]), select, textarea, progress')) {
                if (!named(field) && ![...(field.labels ?? [])].some(label => words(label.textContent))) {
                  found.push('no label: ' + show(field));
                }
              }
              for (const control of all('button, a[href], summary, [role=button]')) {
                if (!named(control) && !words(control.textContent)) found.push('no name: ' + show(control));
              }
              for (const image of all('img:not([alt]), svg:not([aria-hidden=true])')) {
                if (!named(image)) found.push('no alternative: ' + show(image));
              }
              const ids = [...document.querySelectorAll('[id]')].map(each => each.id);
              for (const id of new Set(ids.filter((each, i) => ids.indexOf(each) !== i))) found.push('an id twice: ' + id);
              for (const name of ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for']) {
                for (const each of document.querySelectorAll(`[${name}]`)) {
                  for (const id of each.getAttribute(name).split(/\\s+/)) {
                    if (!document.getElementById(id)) found.push(`${name} leads nowhere: ` + show(each));
                  }
                }
              }
              for (const table of all('table')) {
                if (!table.querySelector('th')) found.push('a table without headings: ' + show(table));
              }
              return found;
            })()""";

    private Naming() {}

    /** What is not told. */
    public static List<String> missing(Tab tab) {
        return tab.texts(SCRIPT);
    }
}
