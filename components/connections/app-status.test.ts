import { describe, expect, it } from 'vitest';
import type { ConnectionView } from '#lib/connections/schemas.ts';
import { appRows, causesOf, isUsable } from './app-status.ts';

const connection = (change: Partial<ConnectionView>): ConnectionView => ({
  app: 'salesforce',
  status: 'connected',
  accountId: '00D000000000001EAA',
  accountName: 'Northwind',
  username: 'integration@northwind.example',
  sandbox: false,
  loginUrl: 'https://login.salesforce.com',
  connectedBy: 'Maya Lindqvist',
  connectedAt: '2026-08-04T09:18:00.000Z',
  expiredAt: null,
  disconnectedAt: null,
  api: null,
  ...change,
});
const hubspot = connection({ app: 'hubspot' });

const works = { isPaused: false, isHeld: false };
const paused = { isPaused: true, isHeld: true };
const statuses = (connections: ConnectionView[], state = works) =>
  appRows(connections, state).map(({ app, status }) => `${app} ${status}`);

describe('appRows', () => {
  it('shows Salesforce also before it was ever connected', () => {
    expect(statuses([hubspot])).toEqual(['hubspot connected', 'salesforce notConnected']);
  });

  it('says of Salesforce alone that syncing is paused, and only while its log-in works', () => {
    expect(statuses([connection({}), hubspot], paused)).toEqual(['hubspot connected', 'salesforce paused']);
    expect(statuses([hubspot, connection({ status: 'expired' })], paused)).toContain('salesforce expired');
  });

  it('says that Salesforce waits for a person unless somebody has paused it anyway', () => {
    const held = { isPaused: false, isHeld: true };
    expect(statuses([hubspot, connection({})], held)).toEqual(['hubspot connected', 'salesforce waiting']);
    expect(isUsable('waiting')).toBe(true);
  });
});

describe('causesOf', () => {
  it('is empty while everything works, also before Salesforce is connected', () => {
    expect(causesOf(appRows([hubspot], works))).toEqual([]);
    expect(causesOf(appRows([hubspot, connection({})], paused))).toEqual([]);
  });

  it('tells since when a log-in is expired or ended', () => {
    const expired = connection({ status: 'expired', expiredAt: '2026-11-12T12:10:00.000Z' });
    const ended = connection({
      app: 'hubspot',
      status: 'disconnected',
      disconnectedAt: '2026-11-12T13:00:00.000Z',
    });
    expect(causesOf(appRows([ended, expired], works))).toEqual([
      { app: 'hubspot', kind: 'disconnected', since: '2026-11-12T13:00:00.000Z' },
      { app: 'salesforce', kind: 'expired', since: '2026-11-12T12:10:00.000Z' },
    ]);
  });
});
