import { describe } from 'vitest';
import { testSimulators } from '#lib/testing/simulators.ts';
import { hubspotContactContract } from './hubspot.ts';
import { hubspotListContract } from './hubspot-lists.ts';
import { salesforceContract } from './salesforce.ts';
import { salesforceChangeContract } from './salesforce-changes.ts';
import { simulatedHubSpotGround, simulatedSalesforceGround } from './simulator-grounds.ts';

const simulators = testSimulators();

describe('HubSpot by its adapter', () => {
  const open = () => simulatedHubSpotGround(simulators.current.hubspot);
  describe('contacts', () => hubspotContactContract(open));
  describe('lists', () => hubspotListContract(open));
});

describe('Salesforce by its adapter', () => {
  const open = () => simulatedSalesforceGround(simulators.current.salesforce);
  describe('records', () => salesforceContract(open));
  describe('changes', () => salesforceChangeContract(open));
});
