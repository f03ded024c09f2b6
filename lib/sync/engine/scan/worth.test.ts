import { describe, expect, it } from 'vitest';
import { lookUpCalls, scanCalls, scanPays } from './worth.ts';

describe('8: a scan where it costs fewer calls than looking up', () => {
  const org = (count: number) => ({ Lead: count, Contact: count });

  it('8: few people are looked up, whatever the org holds', () => {
    expect(scanPays(2_000, org(0))).toBe(false);
    expect(scanPays(0, org(0))).toBe(false);
  });

  it('8: many people of a small org are matched by a scan, those of a huge one are looked up', () => {
    expect(scanPays(100_000, org(450))).toBe(true);
    expect(scanPays(100_000, org(500_000))).toBe(true);
    expect(scanPays(100_000, org(5_000_000))).toBe(false);
    expect(scanPays(20_000, org(500_000))).toBe(false);
  });

  it('8: look-ups grow with the people, a scan with the org', () => {
    expect(lookUpCalls(300)).toBe(1);
    expect(lookUpCalls(100_000)).toBe(134);
    expect(scanCalls(0, org(100_000)) - scanCalls(0, org(50_000))).toBe(2);
  });
});
