import {
  auditFields,
  deletedField,
  field,
  flag,
  idField,
  longText,
  object,
  owner,
  picklist,
  READ_ONLY,
  REQUIRED,
  reference,
  text,
  usageFields,
} from './build.ts';
import { CAMPAIGN_STATUSES, CAMPAIGN_TYPES, LEAD_SOURCES, STAGES, TASK_STATUSES } from './picklists.ts';
import type { ObjectDef } from './types.ts';

export function opportunityObject(): ObjectDef {
  return object(
    'Opportunity',
    '006',
    [
      idField(),
      deletedField(),
      reference('AccountId', 'Account', { childRelationshipName: 'Opportunities', cascadeDelete: true }),
      text('Name', 120, { ...REQUIRED, nameField: true }),
      longText('Description'),
      picklist(
        'StageName',
        STAGES.map(([stage]) => stage),
        { ...REQUIRED, label: 'Stage' },
      ),
      field('Amount', 'currency', { scale: 2 }),
      field('Probability', 'percent', { precision: 3, defaultedOnCreate: true, label: 'Probability (%)' }),
      field('CloseDate', 'date', REQUIRED),
      picklist('Type', ['Existing Customer - Upgrade', 'Existing Customer - Replacement', 'New Customer']),
      text('NextStep', 255),
      picklist('LeadSource', LEAD_SOURCES),
      flag('IsClosed', READ_ONLY),
      flag('IsWon', READ_ONLY),
      reference('CampaignId', 'Campaign', { childRelationshipName: 'Opportunities' }),
      owner('User'),
      ...auditFields(),
      ...usageFields(),
    ],
    { labelPlural: 'Opportunities' },
  );
}

export function campaignObject(): ObjectDef {
  return object('Campaign', '701', [
    idField(),
    deletedField(),
    text('Name', 80, { ...REQUIRED, label: 'Campaign Name', nameField: true }),
    reference('ParentId', 'Campaign', { childRelationshipName: 'ChildCampaigns' }),
    picklist('Type', CAMPAIGN_TYPES),
    picklist('Status', CAMPAIGN_STATUSES, { defaultValue: 'Planned' }),
    field('StartDate', 'date'),
    field('EndDate', 'date'),
    field('ExpectedRevenue', 'currency', { scale: 2 }),
    field('BudgetedCost', 'currency'),
    field('ActualCost', 'currency'),
    flag('IsActive', { label: 'Active' }),
    longText('Description'),
    owner('User'),
    ...auditFields(),
    ...usageFields(),
  ]);
}

export function campaignMemberObject(): ObjectDef {
  return object(
    'CampaignMember',
    '00v',
    [
      idField(),
      deletedField(),
      reference('CampaignId', 'Campaign', {
        ...REQUIRED,
        updateable: false,
        childRelationshipName: 'CampaignMembers',
        cascadeDelete: true,
      }),
      reference('LeadId', 'Lead', {
        updateable: false,
        childRelationshipName: 'CampaignMembers',
        cascadeDelete: true,
      }),
      reference('ContactId', 'Contact', {
        updateable: false,
        childRelationshipName: 'CampaignMembers',
        cascadeDelete: true,
      }),
      picklist('Status', ['Sent', 'Responded'], { defaultValue: 'Sent' }),
      flag('HasResponded', READ_ONLY),
      field('FirstRespondedDate', 'date', READ_ONLY),
      ...auditFields(),
    ],
    { undeletable: false, searchable: false },
  );
}

/** Which statuses a campaign's members may have; `HasResponded` follows from the status. */
export function campaignMemberStatusObject(): ObjectDef {
  return object(
    'CampaignMemberStatus',
    '01Y',
    [
      idField(),
      deletedField(),
      text('Label', 80, { ...REQUIRED, nameField: true }),
      field('SortOrder', 'int'),
      reference('CampaignId', 'Campaign', {
        ...REQUIRED,
        updateable: false,
        childRelationshipName: 'CampaignMemberStatuses',
        cascadeDelete: true,
      }),
      flag('IsDefault'),
      flag('HasResponded'),
      ...auditFields(),
    ],
    { labelPlural: 'Campaign Member Statuses', searchable: false },
  );
}

export function taskObject(): ObjectDef {
  return object('Task', '00T', [
    idField(),
    deletedField(),
    reference('WhoId', ['Contact', 'Lead'], { childRelationshipName: 'Tasks', label: 'Name ID' }),
    reference('WhatId', ['Account', 'Campaign', 'Opportunity'], {
      childRelationshipName: 'Tasks',
      label: 'Related To ID',
    }),
    text('Subject', 255, { nameField: true }),
    field('ActivityDate', 'date', { label: 'Due Date Only' }),
    picklist('Status', TASK_STATUSES, { nillable: false, defaultValue: 'Not Started' }),
    picklist('Priority', ['High', 'Normal', 'Low'], { nillable: false, defaultValue: 'Normal' }),
    owner('User'),
    longText('Description'),
    flag('IsClosed', READ_ONLY),
    reference('AccountId', 'Account', { ...READ_ONLY, calculated: true }),
    ...auditFields(),
  ]);
}
