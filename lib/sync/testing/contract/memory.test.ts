import { describe } from 'vitest';
import { collectStoreContract } from './collect-store.ts';
import { hubspotContactContract } from './hubspot.ts';
import { hubspotListContract } from './hubspot-lists.ts';
import { joinersContract } from './joiners.ts';
import {
  memoryCollectGround,
  memoryHubSpotGround,
  memorySalesforceGround,
  memoryStoreGround,
} from './memory-grounds.ts';
import { salesforceContract } from './salesforce.ts';
import { salesforceChangeContract } from './salesforce-changes.ts';
import { scanStoreContract } from './scan-store.ts';
import { syncRunContract } from './sync-runs.ts';
import { syncStoreContract } from './sync-store.ts';

describe('HubSpot in memory', () => {
  describe('contacts', () => hubspotContactContract(memoryHubSpotGround));
  describe('lists', () => hubspotListContract(memoryHubSpotGround));
});

describe('Salesforce in memory', () => {
  describe('records', () => salesforceContract(memorySalesforceGround));
  describe('changes', () => salesforceChangeContract(memorySalesforceGround));
});

describe('the stores in memory', () => {
  describe('of the engine', () => syncStoreContract(memoryStoreGround));
  describe('of runs', () => syncRunContract(memoryStoreGround));
  describe('of scans', () => scanStoreContract(memoryStoreGround));
  describe('of collecting', () => {
    collectStoreContract(memoryCollectGround);
    joinersContract(memoryCollectGround);
  });
});
