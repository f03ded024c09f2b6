import { Signature } from '@hubspot/api-client';
import { describe, expect, it } from 'vitest';
import { isSignedByHubSpot, readWebhookEvents } from './webhooks.ts';

const secret = 'a secret of the app';
const url = 'https://bridge.example/api/webhooks/hubspot?to=a%3Ab&x=%20y';
const now = new Date('2026-11-22T06:00:00Z');
const text = '[{"eventId":1,"name":"Zoë"}]';

function request(changes: Partial<Parameters<typeof isSignedByHubSpot>[1]> = {}) {
  const timestamp = String(now.getTime() - 1_000);
  const address = url.replace('%3A', ':');
  const of = {
    clientSecret: secret,
    requestBody: text,
    url: address,
    signature: '',
    timestamp: Number(timestamp),
  };
  const signature = Signature.getSignature('POST', 'v3', of);
  return { url, method: 'POST', body: Buffer.from(text), signature, timestamp, ...changes };
}

describe('a signature of HubSpot', () => {
  it('is the one that HubSpot’s own client makes of the address without escapes', () => {
    expect(isSignedByHubSpot(secret, request(), now)).toBe(true);
  });

  it('holds for exactly these bytes, this address, this method and this app', () => {
    const wrong = [
      request({ body: Buffer.from(`${text} `) }),
      request({ url: 'https://bridge.example/api/webhooks/hubspot' }),
      request({ method: 'PUT' }),
      request({ signature: 'AAAA' }),
      request({ signature: null }),
      request({ timestamp: null }),
      request({ timestamp: 'soon' }),
    ];
    expect(wrong.map((each) => isSignedByHubSpot(secret, each, now))).toEqual(wrong.map(() => false));
    expect(isSignedByHubSpot('another secret', request(), now)).toBe(false);
  });

  it('is good for five minutes', () => {
    const at = (ms: number) => isSignedByHubSpot(secret, request(), new Date(now.getTime() + ms));
    expect([at(298_000), at(300_000), at(-302_000)]).toEqual([true, false, false]);
  });
});

describe('the events of a delivery', () => {
  const common = { eventId: 5, subscriptionId: 7, portalId: 48807704, occurredAt: 1_752_613_920_733 };
  const event = (subscriptionType: string, more: object = { objectId: 138_017_612_137 }) => ({
    ...common,
    subscriptionType,
    attemptNumber: 0,
    ...more,
  });

  it('are read in both families, contacts alone', () => {
    const read = readWebhookEvents([
      event('contact.creation'),
      event('contact.propertyChange', { objectId: 1, propertyName: 'city', propertyValue: 'Lund' }),
      event('object.deletion', { objectId: 2, objectTypeId: '0-1' }),
      event('object.deletion', { objectId: 2, objectTypeId: '0-2' }),
      event('contact.privacyDeletion', { objectId: 3 }),
      event('contact.restore', { objectId: 4 }),
      event('company.creation', { objectId: 5 }),
      event('contact.associationChange', { fromObjectId: 6 }),
    ]);
    expect(read?.map(({ kind, contactId }) => `${kind} ${contactId}`)).toEqual([
      ...['changed 138017612137', 'changed 1', 'deleted 2', 'privacy 3', 'restored 4'],
    ]);
  });

  it('tell who was merged into whom, under a new id too', () => {
    const merge = { objectId: 10, primaryObjectId: 10, mergedObjectIds: [11, 12] };
    const read = readWebhookEvents([
      event('contact.merge', merge),
      event('contact.merge', { ...merge, newObjectId: 20 }),
    ]);
    expect(read?.map(({ contactId, mergedIds }) => [contactId, mergedIds])).toEqual([
      ['10', ['11', '12']],
      ['20', ['10', '11', '12']],
    ]);
  });

  it('are the same when they are delivered again', () => {
    const [first] = readWebhookEvents([event('contact.creation')]) ?? [];
    const [again] =
      readWebhookEvents([event('contact.creation', { objectId: 138_017_612_137, attemptNumber: 3 })]) ?? [];
    expect(again).toEqual(first);
  });

  it('are no delivery when they are anything else', () => {
    for (const body of [
      null,
      {},
      [{}],
      [event('contact.creation', { objectId: 'x' })],
      Array(101).fill(event('a')),
    ]) {
      expect(readWebhookEvents(body)).toBeNull();
    }
  });
});
