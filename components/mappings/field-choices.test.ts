import { expect, it } from 'vitest';
import type { FieldChoice, PropertyChoice } from '#lib/mappings/rules.ts';
import { byFit, entriesOf, entriesOfOne, propertiesByFit } from './field-choices.ts';

const field = (name: string, kind: FieldChoice['kind'] = 'text'): FieldChoice => ({
  ...{ name, label: name, kind, writable: true, unique: false, required: false },
});
const property = (name: string, kind: PropertyChoice['kind']): PropertyChoice => ({
  ...{ name, label: name, kind, writable: true, unique: false },
});
const fields = {
  lead: [field('Title'), field('Company'), field('Score__c', 'number')],
  contact: [field('Title'), field('Score__c'), field('Birthdate', 'date')],
};

it('fields of one name are one entry, unless they hold different kinds of values', () => {
  expect(entriesOf(fields).map(({ id, leadField, contactField }) => [id, leadField, contactField])).toEqual([
    ['Contact.Birthdate', null, 'Birthdate'],
    ['Lead.Company', 'Company', null],
    ['Lead.Score__c', 'Score__c', null],
    ['Contact.Score__c', null, 'Score__c'],
    ['Title', 'Title', 'Title'],
  ]);
  expect(entriesOfOne(fields, 'contact').map(({ id }) => id)).toEqual(['Title', 'Score__c', 'Birthdate']);
});

it('what fits comes apart from what doesn’t', () => {
  const { fitting, others } = byFit(fields.contact, property('birthday', 'date'));
  expect([fitting.map(({ name }) => name), others.map(({ name }) => name)]).toEqual([
    ['Birthdate'],
    ['Title', 'Score__c'],
  ]);
  expect(byFit(fields.contact, null).others).toEqual([]);
  const properties = [property('birthday', 'date'), property('jobtitle', 'text')];
  expect(propertiesByFit(properties, [field('Title')]).fitting.map(({ name }) => name)).toEqual(['jobtitle']);
  expect(propertiesByFit(properties, []).others).toEqual([]);
});
