import { expect, test } from 'vitest';
import { contains, splitMatches } from './match.ts';

const marked = (text: string, query: string) =>
  splitMatches(text, query)
    .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
    .join('');

test('matches anywhere, without case and accents', () => {
  expect(contains('Clientes de São Paulo', 'sao p')).toBe(true);
  expect(contains('Clientes de Sao Paulo', 'SÃO')).toBe(true);
  expect(contains('Customers', 'leads')).toBe(false);
  expect(contains('Customers', '  ')).toBe(true);
});

test('marks every occurrence in the letters of the text', () => {
  expect(marked('Élan and elan', 'ELAN')).toBe('[Élan] and [elan]');
  expect(marked('Ka\u0308se', 'kase')).toBe('[Käse]');
});

test('letters that change length keep the positions right', () => {
  expect(marked('İstanbul 🎉 list', 'list')).toBe('İstanbul 🎉 [list]');
});

test('without a query or a match the text stays whole', () => {
  expect(marked('Partners', '')).toBe('Partners');
  expect(marked('Partners', 'xyz')).toBe('Partners');
});
