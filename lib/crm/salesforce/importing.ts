import { z } from 'zod';
import type { CrmResult } from '../failure.ts';
import type { SalesforceImportPort, SalesforceObject } from '../ports.ts';
import type { Send } from './http.ts';
import { toId18 } from './ids.ts';
import { followPages } from './org.ts';
import { soqlText } from './soql.ts';

type ImportCalls = Omit<SalesforceImportPort, 'scanCreatedSince'>;

const counted = z.object({ totalSize: z.number() });
const campaign = z.object({ Id: z.string(), Name: z.string() });
const member = z.object({ LeadId: z.string().nullable(), ContactId: z.string().nullable() });

export function importCalls(send: Send): ImportCalls {
  return {
    async countOpen() {
      const lead = await count(send, 'SELECT COUNT() FROM Lead WHERE IsConverted = false');
      if (!lead.ok) return lead;
      const contact = await count(send, 'SELECT COUNT() FROM Contact');
      return contact.ok ? { ok: true, value: { Lead: lead.value, Contact: contact.value } } : contact;
    },
    async campaigns() {
      const soql = 'SELECT Id, Name FROM Campaign WHERE IsActive = true ORDER BY Name, Id';
      const answer = await followPages(send, pathOf(soql), campaign);
      if (!answer.ok) return answer;
      return { ok: true, value: answer.value.map(({ Id, Name }) => ({ id: toId18(Id), name: Name })) };
    },
    async campaignMembers(campaignId) {
      const soql = `SELECT LeadId, ContactId FROM CampaignMember WHERE CampaignId = ${soqlText(campaignId)}`;
      const answer = await followPages(send, pathOf(soql), member);
      if (!answer.ok) return answer;
      const people = new Map<string, SalesforceObject>();
      for (const { LeadId, ContactId } of answer.value) {
        if (ContactId) people.set(toId18(ContactId), 'Contact');
        else if (LeadId) people.set(toId18(LeadId), 'Lead');
      }
      return { ok: true, value: [...people].map(([id, object]) => ({ id, object })) };
    },
  };
}

const pathOf = (soql: string) => `/query?q=${encodeURIComponent(soql)}`;

async function count(send: Send, soql: string): Promise<CrmResult<number>> {
  const answer = await send({ method: 'GET', path: pathOf(soql), answer: counted });
  return answer.ok ? { ok: true, value: answer.value.totalSize } : answer;
}
