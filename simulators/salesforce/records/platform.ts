import { recordError } from '../errors.ts';
import { STAGES } from '../metadata/picklists.ts';
import type { SObject } from '../metadata/types.ts';
import type { Save, WriteContext } from './context.ts';
import { systemStamp } from './dates.ts';

/** What the platform itself does when a record of one object is saved. */
type Step = (ctx: WriteContext, save: Save) => void;

const lead: Step = (_ctx, save) => {
  if (save.before?.IsConverted === true) {
    throw recordError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
  }
};

const opportunity: Step = (_ctx, { row, changed, before }) => {
  const stage = STAGES.find(([name]) => name === row.StageName);
  if (stage === undefined) return;
  const [, probability, closed, won] = stage;
  row.IsClosed = closed;
  row.IsWon = won;
  const stageMoved = before === null || before.StageName !== row.StageName;
  if (stageMoved && !changed.has('Probability')) row.Probability = probability;
};

const task: Step = (ctx, { row }) => {
  row.IsClosed = row.Status === 'Completed';
  if (typeof row.WhatId === 'string' && typeof row.WhoId === 'string') {
    if (ctx.org.byId(row.WhoId)?.object !== 'Lead') return;
    const text = 'You can only relate a lead to a task without a related record';
    throw recordError('FIELD_INTEGRITY_EXCEPTION', text, ['WhatId']);
  }
};

const campaign: Step = (ctx, save) => {
  if (save.before !== null) return;
  const user = ctx.org.table('User').get(ctx.userId);
  if (user?.UserPermissionsMarketingUser !== true) {
    throw recordError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'entity type cannot be inserted: Campaign');
  }
};

/** Every new campaign offers its members the statuses Sent and Responded. */
export function addMemberStatuses(ctx: WriteContext, campaignRow: SObject): void {
  const info = ctx.org.schema.get('CampaignMemberStatus');
  for (const [index, label] of ['Sent', 'Responded'].entries()) {
    const now = systemStamp(ctx.org.clock.now());
    ctx.org.put('CampaignMemberStatus', {
      Id: ctx.org.newId(info.def.keyPrefix),
      Label: label,
      SortOrder: index + 1,
      CampaignId: campaignRow.Id,
      IsDefault: index === 0,
      HasResponded: index === 1,
      CreatedById: ctx.userId,
      CreatedDate: now,
      LastModifiedById: ctx.userId,
      LastModifiedDate: now,
      SystemModstamp: now,
    });
  }
}

const campaignMember: Step = (ctx, { row, before }) => {
  const person = row.LeadId === undefined ? row.ContactId : row.LeadId;
  if (row.LeadId !== undefined && row.ContactId !== undefined) {
    throw recordError('FIELD_INTEGRITY_EXCEPTION', 'A campaign member is either a lead or a contact.');
  }
  if (person === undefined || person === null) {
    throw recordError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [LeadId or ContactId]');
  }
  const field = row.LeadId === undefined ? 'ContactId' : 'LeadId';
  const members = ctx.org.table('CampaignMember').rowsBy(field, person);
  if (before === null && members.some((member) => member.CampaignId === row.CampaignId)) {
    throw recordError('DUPLICATE_VALUE', 'Already a campaign member.');
  }
  const statuses = ctx.org.table('CampaignMemberStatus').rowsBy('CampaignId', row.CampaignId ?? null);
  const status =
    statuses.find((each) => each.Label === row.Status) ?? statuses.find((each) => each.IsDefault === true);
  if (status !== undefined) row.Status = status.Label;
  row.HasResponded = status?.HasResponded === true;
};

const STEPS: Record<string, Step> = {
  Lead: lead,
  Opportunity: opportunity,
  Task: task,
  Campaign: campaign,
  CampaignMember: campaignMember,
};

/** Runs the platform's own rules of the object. */
export function runPlatformRules(ctx: WriteContext, save: Save): void {
  STEPS[save.info.def.name]?.(ctx, save);
}
