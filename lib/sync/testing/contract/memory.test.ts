import { describe } from 'vitest';
import { hubspotContactContract } from './hubspot.ts';
import { hubspotListContract } from './hubspot-lists.ts';
import { memoryHubSpotGround, memorySalesforceGround } from './memory-grounds.ts';
import { salesforceContract } from './salesforce.ts';
import { salesforceChangeContract } from './salesforce-changes.ts';

describe('HubSpot in memory', () => {
  describe('contacts', () => hubspotContactContract(memoryHubSpotGround));
  describe('lists', () => hubspotListContract(memoryHubSpotGround));
});

describe('Salesforce in memory', () => {
  describe('records', () => salesforceContract(memorySalesforceGround));
  describe('changes', () => salesforceChangeContract(memorySalesforceGround));
});
