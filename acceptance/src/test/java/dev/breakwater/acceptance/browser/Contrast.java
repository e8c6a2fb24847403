package dev.breakwater.acceptance.browser;

import java.util.List;

/**
 * Whether all text can be read: its colour against what it stands on, as WCAG 2 computes it, is at least 4.5 to 1, and 3
 * to 1 for large text. Texts of fields, their placeholders and what the stylesheet adds count too; what is disabled does
 * not.
 */
public final class Contrast {

    private static final String SCRIPT = """
            (() => {
              const canvas = document.createElement('canvas');
              canvas.width = canvas.height = 1;
              const ink = canvas.getContext('2d', {willReadFrequently: true});
              const colour = text => {
                ink.clearRect(0, 0, 1, 1);
                ink.fillStyle = text;
                ink.fillRect(0, 0, 1, 1);
                const [r, g, b, a] = ink.getImageData(0, 0, 1, 1).data;
                return [r, g, b, a / 255];
              };
              const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
              const upwards = element => element ? [element, ...upwards(element.parentElement)] : [];
              const ground = element => upwards(element).reverse()
                .map(each => colour(getComputedStyle(each).backgroundColor))
                .reduce((under, top) => over(top, under), [255, 255, 255, 1]);
              const opacity = element => upwards(element)
                .reduce((product, each) => product * Number(getComputedStyle(each).opacity), 1);
              const light = channel => {
                const share = channel / 255;
                return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
              };
              const luminance = c => 0.2126 * light(c[0]) + 0.7152 * light(c[1]) + 0.0722 * light(c[2]);
              const ratio = (one, other) => {
                const [dark, bright] = [luminance(one), luminance(other)].sort((x, y) => x - y);
                return (bright + 0.05) / (dark + 0.05);
              };
              const found = [];
              const judge = (element, style, text) => {
                if (element.closest(':disabled')) return;
                const under = ground(element);
                const ink = colour(style.color);
                ink[3] *= opacity(element);
                const size = parseFloat(style.fontSize);
                const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
                const reached = ratio(over(ink, under), under);
                if (reached < (large ? 3 : 4.5)) {
                  found.push(`"${text.trim().slice(0, 40)}" in ${element.tagName.toLowerCase()}.${element.className}: `
                    + reached.toFixed(2));
                }
              };
              const shown = element => {
                const box = element.getBoundingClientRect();
                return element.checkVisibility({visibilityProperty: true}) && box.width > 1 && box.height > 1;
              };
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const element = node.parentElement;
                if (node.data.trim() && shown(element) && !element.closest('select, textarea, script, style')) {
                  judge(element, getComputedStyle(element), node.data);
                }
              }
              const written = 'input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select';
              for (const field of document.querySelectorAll(written)) {
                if (!shown(field)) continue;
                if (field.value) judge(field, getComputedStyle(field), field.value);
                if (field.placeholder) judge(field, getComputedStyle(field, '::placeholder'), field.placeholder);
              }
              for (const element of document.body.querySelectorAll('*')) {
                for (const place of ['::before', '::after']) {
                  const style = getComputedStyle(element, place);
                  const text = style.content;
                  if (text.startsWith('"') && text.length > 2 && style.display !== 'none' && shown(element)) {
                    judge(element, style, text);
                  }
                }
              }
              return [...new Set(found)];
            })()""";

    private Contrast() {}

    /** The texts that are too faint, each with its ratio. */
    public static List<String> tooFaint(Tab tab) {
        return tab.texts(SCRIPT);
    }
}
