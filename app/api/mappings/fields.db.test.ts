import { describe, expect, it } from 'vitest';
import { POST as preview } from './preview/route.ts';
import { POST as createProperty } from './properties/route.ts';
import { add, call, mobile, simulators, testMappings, workspace } from './testing.ts';

testMappings();

describe('a property for a Salesforce field', () => {
  it('is made in HubSpot and can be mapped at once', async () => {
    const field = { object: 'Lead', name: 'Region__c', label: 'Region', type: 'string', length: 40 };
    await simulators.current.salesforce.schema({ fields: [field] });
    const made = await call(createProperty, 'POST', workspace, { object: 'Lead', field: 'Region__c' });
    expect(made.body).toMatchObject({ name: 'region', label: 'Region', kind: 'text', writable: true });
    const ends = { hubspotProperty: 'region', leadField: 'Region__c', contactField: null };
    expect((await add({ ...ends, rule: 'TWO_WAY' })).status).toBe(200);
  });

  it('is refused for a field that isn’t there', async () => {
    const answer = await call(createProperty, 'POST', workspace, { object: 'Lead', field: 'Nothing__c' });
    expect(answer.body.code).toBe('mapping_unknown_field');
  });
});

describe('what a mapping would do', () => {
  it('is told of people of both systems, by each rule', async () => {
    const { rule: _rule, ...ends } = mobile;
    const request = { ...ends, hubspotProperty: 'jobtitle', leadField: 'Title', contactField: 'Title' };
    const answer = await call(preview, 'POST', workspace, { ...request, mappingId: null });
    expect(answer.status).toBe(200);
    expect(answer.body.sampled).toBeGreaterThan(0);
    expect(answer.body.people.length).toBeGreaterThan(0);
    expect(answer.body.people.length).toBeLessThanOrEqual(3);
    for (const { hubspot, salesforce, after } of answer.body.people) {
      expect(after.DONT_SYNC.to).toBeNull();
      expect(after.ALWAYS_SALESFORCE.to).toBe(
        salesforce !== null && salesforce !== hubspot ? 'hubspot' : null,
      );
    }
    expect(answer.body.counts.DONT_SYNC).toEqual({ toHubspot: 0, toSalesforce: 0, refused: 0 });
    const unknown = { ...request, hubspotProperty: 'nothing', mappingId: null };
    expect((await call(preview, 'POST', workspace, unknown)).body.code).toBe('mapping_unknown_field');
  });
});
