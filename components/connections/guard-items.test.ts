import { describe, expect, it } from 'vitest';
import { guardItems } from './guard-items.ts';

const items = [
  { id: 'reconnect', label: 'Reconnect', needsAdmin: true },
  { id: 'activity', label: 'View sync activity' },
  { id: 'disconnect', label: 'Disconnect', isDangerous: true, needsAdmin: true },
];

describe('guardItems', () => {
  it('leaves all items as they are to an admin', () => {
    expect(guardItems(items, undefined)).toEqual([
      { id: 'reconnect', label: 'Reconnect' },
      { id: 'activity', label: 'View sync activity' },
      { id: 'disconnect', label: 'Disconnect', isDangerous: true },
    ]);
  });

  it('says once to others why they may not use the rest', () => {
    expect(guardItems(items, 'Only admins.')).toEqual([
      { id: 'free', items: [{ id: 'activity', label: 'View sync activity' }] },
      {
        id: 'guarded',
        title: 'Only admins.',
        items: [
          { id: 'reconnect', label: 'Reconnect', isDisabled: true, isDangerous: false },
          { id: 'disconnect', label: 'Disconnect', isDisabled: true, isDangerous: false },
        ],
      },
    ]);
  });
});
