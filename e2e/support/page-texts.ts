import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { literally } from './inclusion-setting.ts';

type Tree = { [key: string]: string | Tree };

function messagesOf(locale: string): Map<string, string> {
  const all = new Map<string, string>();
  const add = (tree: Tree, prefix: string) => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'string') all.set(prefix + key, value);
      else add(value, `${prefix}${key}.`);
    }
  };
  for (const file of readdirSync(join('messages', locale))) {
    const text = readFileSync(join('messages', locale, file), 'utf8');
    add(JSON.parse(text) as Tree, `${file.slice(0, -'.json'.length)}.`);
  }
  return all;
}

/** The end of the `{…}` that begins at `from`. */
function endOfPart(message: string, from: number): number {
  let depth = 0;
  for (let at = from; at < message.length; at++) {
    if (message[at] === '{') depth++;
    if (message[at] === '}' && --depth === 0) return at;
  }
  return message.length;
}

/** What a message looks like once it is filled in, as the source of a regular expression. */
function patternOf(message: string): string {
  const text = message.replace(/<\/?\w+>/g, '');
  let pattern = '';
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '{') {
      pattern += text[at] === '#' ? '[\\d.,\\s]+' : literally(text[at] ?? '');
      continue;
    }
    const end = endOfPart(text, at);
    const branches: string[] = [];
    for (let inner = text.indexOf('{', at + 1); inner !== -1 && inner < end; ) {
      const last = endOfPart(text, inner);
      branches.push(patternOf(text.slice(inner + 1, last)));
      inner = text.indexOf('{', last);
    }
    pattern += branches.length > 0 ? `(?:${branches.join('|')})` : '.+';
    at = end;
  }
  return pattern;
}

/** Words of the interface, not of its data: at least one of four letters outside every value. */
const hasWords = (pattern: string) => /\p{L}{4}/u.test(pattern.replace(/\.\+|\[.*?\]\+/g, ' '));

/** Names of HubSpot's properties and Salesforce's fields are data: they read as the demo accounts have them. */
const crmLabels = new Set(['Account ID', 'Contact owner', 'Country/Region', 'Email', 'Status']);

/**
 * Tells texts that are an English message whose translation reads differently. What English and the language
 * share (API, e-mail, Salesforce, in Danish "Inclusion List") is a message of that language too, and passes.
 */
export function englishLeftovers(locale: string): (texts: readonly string[]) => string[] {
  const [english, own] = [messagesOf('en'), messagesOf(locale)];
  const translated = new Set(own.values());
  const patterns = [...english]
    .filter(([key, text]) => own.get(key) !== text && !translated.has(text))
    .map(([, text]) => patternOf(text))
    .filter(hasWords);
  const isEnglish = new RegExp(`^(?:${[...new Set(patterns)].join('|')})$`, 'u');
  const isOwn = new RegExp(`^(?:${[...translated].map(patternOf).filter(hasWords).join('|')})$`, 'u');
  return (texts) => texts.filter((text) => isEnglish.test(text) && !isOwn.test(text) && !crmLabels.has(text));
}

const namespaces = readdirSync('messages/en').map((file) => file.slice(0, -'.json'.length));
/** A message that is missing shows its key. */
const bareKey = new RegExp(`\\b(?:${namespaces.join('|')})\\.[a-z]\\w*(?:\\.\\w+)+`);
export const bareKeys = (texts: readonly string[]): string[] => texts.filter((text) => bareKey.test(text));

type PageTexts = { texts: string[]; overflowing: string[] };

/**
 * All that the page says to eyes and ears, and the boxes that are too small for their text. A box may cut its
 * text only with an ellipsis, which is for names out of the CRMs.
 */
export function readPage(page: Page): Promise<PageTexts> {
  return page.evaluate(() => {
    const texts = new Set<string>();
    const overflowing = new Set<string>();
    const keep = (text: string | null) => {
      const clean = (text ?? '').replace(/\s+/g, ' ').trim();
      if (clean !== '') texts.add(clean);
    };
    const isHidden = (element: Element) =>
      element.closest('.sr-only, [hidden], script, style, template') !== null || !element.checkVisibility();
    /** The nearest box that has a size of its own, unless it scrolls or ends in an ellipsis. */
    const boxOf = (element: Element): Element | null => {
      let box: Element | null = element;
      while (box && getComputedStyle(box).display === 'inline') box = box.parentElement;
      if (!box) return null;
      const { overflowX, textOverflow } = getComputedStyle(box);
      return textOverflow === 'ellipsis' || overflowX === 'auto' || overflowX === 'scroll' ? null : box;
    };
    const measure = (text: Node, element: Element) => {
      const box = boxOf(element)?.getBoundingClientRect();
      // Boxes of a pixel are for ears only.
      if (!box || box.width < 2) return;
      const range = document.createRange();
      range.selectNodeContents(text);
      const { left, right } = range.getBoundingClientRect();
      if (right > box.right + 1 || left < box.left - 1)
        overflowing.add(
          `${Math.round(right - left)} in ${Math.round(box.width)}: ${element.outerHTML.slice(0, 200)}`,
        );
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element || (node.textContent ?? '').trim() === '' || element.closest('script, style, template'))
        continue;
      // Names of fields in an API are never translated, and marked so.
      if (!element.closest('[translate=no]')) keep(node.textContent);
      if (!isHidden(element)) measure(node, element);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) keep(element.getAttribute(name));
    }
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    if (wide > 0) overflowing.add(`the page is ${wide} px too wide`);
    return { texts: [...texts], overflowing: [...overflowing] };
  });
}
