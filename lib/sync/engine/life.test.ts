import { describe, expect, it } from 'vitest';
import { ann, linked } from './testing-people.ts';

describe('6: hand-over', () => {
  it('6: a converted Lead hands its link to the Contact it became; equal fields keep their shadow', async () => {
    const { made, contactId, recordId } = await linked();
    const becameId = made.world.org.convert(recordId);
    const outcome = await made.sync({ recordId }, 'converted');
    expect(outcome).toMatchObject({ contactId, recordId: becameId, object: 'CONTACT' });
    expect(made.links()).toMatchObject([
      { contactId, recordId: becameId, object: 'CONTACT', origin: 'CREATED' },
    ]);
    expect(made.tombstones()).toMatchObject([{ recordId, endCause: 'converted', mergedInto: becameId }]);
    const phone = made.world.db.mappings.find(({ hubspotProperty }) => hubspotProperty === 'phone');
    expect(made.links()[0]?.shadow[phone?.id ?? '']).toMatchObject({ h: '1', s: '1' });
  });

  it('6: a Lead converted into a linked Contact: that link stays, the Lead’s ends as merged', async () => {
    const { made, contactId, recordId } = await linked();
    const otherId = made.contact({ ...ann, email: 'bo@x.example' });
    const masterId = made.record('Contact', { Email: 'bo@x.example' });
    made.world.advance(60_000);
    await made.sync({ contactId: otherId });
    made.world.org.convert(recordId, masterId);
    expect(await made.sync({ recordId }, 'converted')).toMatchObject({ result: 'SKIPPED', reason: 'merged' });
    expect(made.links()).toMatchObject([{ contactId: otherId, recordId: masterId }]);
    expect(made.tombstones()).toMatchObject([{ contactId, endCause: 'merged', mergedInto: masterId }]);
  });

  it('6: a merged link creates nothing any more, until a person presses Sync now', async () => {
    const { made, contactId, recordId } = await linked();
    const otherId = made.contact({ ...ann, email: 'bo@x.example' });
    const masterId = made.record('Lead', { Email: 'bo@x.example', Company: 'Acme' });
    made.world.advance(60_000);
    await made.sync({ contactId: otherId });
    made.world.org.merge(masterId, recordId);
    await made.sync({ recordId }, 'merged', { side: 'salesforce', into: masterId });
    expect(made.links()).toMatchObject([{ contactId: otherId, recordId: masterId }]);
    expect(await made.sync({ contactId })).toMatchObject({ result: 'SKIPPED', reason: 'merged' });
    expect(await made.sync({ contactId }, 'sync_now', { side: 'person' })).toMatchObject({
      result: 'CREATED',
    });
  });

  it('6: a merged record hands its link to the survivor', async () => {
    const { made, contactId, recordId } = await linked();
    const winnerId = made.record('Lead', { Email: 'else@x.example', Company: 'Acme', Phone: '2' });
    made.world.org.merge(winnerId, recordId);
    made.world.advance(60_000);
    const outcome = await made.sync({ recordId }, 'merged', { side: 'salesforce', into: winnerId });
    expect(outcome).toMatchObject({ contactId, recordId: winnerId });
    expect(made.valueOf(contactId, 'phone')).toBe('2');
    expect(made.tombstones()).toMatchObject([{ recordId, endCause: 'handed_over', mergedInto: winnerId }]);
  });

  it('6: a record merged into one that was merged too: the link goes to the last of them, and nobody is archived', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.db.changeSetting('salesforceDeletes', 'delete_contact');
    const [between, last] = ['B', 'C'].map((name) =>
      made.record('Lead', { LastName: name, Company: 'Acme' }),
    );
    made.world.org.merge(between ?? '', recordId);
    made.world.org.merge(last ?? '', between ?? '');
    made.world.advance(60_000);
    await made.sync({ recordId }, 'merged', { side: 'salesforce', into: between ?? '', of: recordId });
    expect(made.links()).toMatchObject([{ contactId, recordId: last }]);
    expect(made.world.account.contacts.get(contactId)?.archivedAt).toBeNull();
  });

  it('6: a merged HubSpot contact hands its link to the survivor under a new id, without any trigger of a merge', async () => {
    const { made, contactId, recordId } = await linked();
    const otherId = made.contact({ ...ann, email: 'bo@x.example' });
    const survivorId = made.world.account.merge(contactId, otherId);
    made.world.advance(60_000);
    expect(await made.sync({ contactId: survivorId }, 'created')).toMatchObject({
      contactId: survivorId,
      recordId,
    });
    expect(made.links()).toMatchObject([{ contactId: survivorId, recordId }]);
    expect(made.world.org.all()).toHaveLength(1);
  });

  it('6: two linked contacts merged: one link goes over, the other ends as merged', async () => {
    const { made, contactId, recordId } = await linked();
    const otherId = made.contact({ ...ann, email: 'bo@x.example' });
    made.world.advance(60_000);
    await made.sync({ contactId: otherId }, 'created');
    const survivorId = made.world.account.merge(contactId, otherId);
    made.world.advance(60_000);
    await made.sync({ contactId }, 'merged', { into: survivorId });
    expect(made.links()).toMatchObject([{ contactId: survivorId, recordId }]);
    expect(
      made
        .tombstones()
        .map(({ endCause }) => endCause)
        .sort(),
    ).toEqual(['handed_over', 'merged']);
  });

  it('6: two linked contacts merged, the record of one deleted: that says nothing of the other’s, which was merged', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.db.changeSetting('salesforceDeletes', 'delete_contact');
    const otherId = made.contact({ ...ann, email: 'bo@x.example' });
    made.world.advance(60_000);
    await made.sync({ contactId: otherId }, 'created');
    const other = made.links().find((link) => link.contactId === otherId)?.recordId ?? '';
    const winnerId = made.record('Lead', { LastName: 'Winner', Company: 'Acme' });
    made.world.org.delete(other);
    made.world.org.merge(winnerId, recordId);
    const survivorId = made.world.account.merge(contactId, otherId);
    made.world.advance(60_000);
    await made.trigger({ recordId: other }, 'deleted', { side: 'salesforce', of: other });
    await made.sync({ contactId: otherId }, 'merged', { into: survivorId });
    await made.sync({ recordId }, 'merged', { side: 'salesforce', into: winnerId, of: recordId });
    expect(made.world.account.contacts.get(survivorId)?.archivedAt).toBeNull();
    expect(made.links()).toMatchObject([{ contactId: survivorId, recordId: winnerId }]);
  });
});

describe('6: deletions', () => {
  it('6: deleted in Salesforce, Do nothing: the link ends, the contact stays', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.org.delete(recordId);
    expect(await made.sync({ recordId }, 'deleted', { side: 'salesforce' })).toMatchObject({
      reason: 'deleted_in_salesforce',
    });
    expect(made.links()).toEqual([]);
    expect(made.valueOf(contactId, 'email')).toBe('ann@x.example');
  });

  it('6: deleted in Salesforce, Delete the contact: archived for members, for others only the link ends', async () => {
    for (const [city, isArchived] of [
      ['Lund', true],
      ['Oslo', false],
    ] as const) {
      const { made, contactId, recordId } = await linked({ ...ann, city } as typeof ann);
      made.world.db.changeSetting('salesforceDeletes', 'delete_contact');
      made.chooseCity();
      made.world.org.delete(recordId);
      await made.sync({ recordId }, 'deleted', { side: 'salesforce' });
      expect(made.links()).toEqual([]);
      expect(made.world.account.find(contactId)?.archivedAt !== null).toBe(isArchived);
    }
  });

  it('6: deleted in Salesforce, Delete the contact, but a person has said to end only the links', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.db.changeSetting('salesforceDeletes', 'delete_contact');
    made.world.org.delete(recordId);
    await made.trigger({ recordId }, 'deleted', { side: 'salesforce', keepsContact: true });
    // Told once more, by another poll.
    await made.sync({ recordId }, 'deleted', { side: 'salesforce' });
    expect(made.links()).toEqual([]);
    expect(made.world.account.find(contactId)?.archivedAt).toBeNull();
    expect(made.outcomes().at(-1)).toMatchObject({ reason: 'deleted_in_salesforce' });
  });

  it('6: a record merely not returned is no deletion: failed, the link stays', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.org.delete(recordId);
    expect(await made.sync({ contactId })).toMatchObject({ result: 'FAILED', category: 'permissions' });
    expect(made.links()).toHaveLength(1);
  });

  it('6: a contact deleted in HubSpot ends the link and deletes nothing; edits do not make it anew, an import does', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.account.archive(contactId);
    expect(await made.sync({ contactId }, 'deleted')).toMatchObject({ reason: 'deleted_in_hubspot' });
    expect([made.links(), made.world.org.get(recordId)?.deletedAt]).toEqual([[], null]);
    expect(await made.sync({ recordId })).toMatchObject({ reason: 'deleted_in_hubspot' });
    expect(await made.sync({ recordId }, 'import', { side: 'salesforce' })).toMatchObject({
      result: 'CREATED',
    });
  });

  it('6: after a privacy deletion not even an import makes it anew; of the link the two ids stay', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.account.erase(contactId);
    await made.sync({ contactId }, 'deleted', { privacy: true });
    expect(made.tombstones()).toMatchObject([
      { contactId, recordId, endCause: 'privacy_deleted', shadow: {}, memory: {} },
    ]);
    expect(await made.sync({ recordId }, 'import', { side: 'salesforce' })).toMatchObject({
      reason: 'deleted_in_hubspot',
    });
  });
});

describe('6: restored', () => {
  it('6: a restored record takes up its link and shadows again', async () => {
    const { made, contactId, recordId } = await linked();
    const { shadow } = made.links()[0] ?? {};
    made.world.org.delete(recordId);
    await made.sync({ recordId }, 'deleted', { side: 'salesforce' });
    made.world.org.undelete(recordId);
    expect(await made.sync({ recordId }, 'restored')).toMatchObject({ result: 'UNCHANGED', contactId });
    expect(made.links()).toMatchObject([{ contactId, recordId, shadow }]);
  });

  it('6: a restored contact takes up its link again', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.account.archive(contactId);
    await made.sync({ contactId }, 'deleted');
    made.world.account.restore(contactId);
    expect(await made.sync({ contactId }, 'restored')).toMatchObject({ result: 'UNCHANGED', recordId });
    expect(made.links()).toHaveLength(1);
  });

  it('6: if the other side is somebody else’s by now, the restored one goes its own way', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.org.delete(recordId);
    await made.sync({ recordId }, 'deleted', { side: 'salesforce' });
    made.world.advance(60_000);
    const second = await made.sync({ contactId }, 'changed');
    expect(second).toMatchObject({ result: 'CREATED' });
    made.world.org.undelete(recordId);
    expect(await made.sync({ recordId }, 'restored')).toMatchObject({ reason: 'other_record_used' });
    expect(made.links()).toMatchObject([{ contactId, recordId: second.recordId }]);
  });
});
