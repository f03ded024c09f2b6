import { countries } from '#simulators/demo/countries.ts';
import type { Property, PropertyOption } from '../objects/types.ts';

/** `name | label | type/fieldType | group | flags | options`; flags: RO read-only, H hidden, C calculated. */
type Row = [name: string, label: string, kind: string, group: string, flags?: string, options?: Options];
type Options = 'countries' | 'owners' | readonly (string | readonly [value: string, label: string])[];

const INFO = 'contactinformation';
const YES_NO = [
  ['true', 'Yes'],
  ['false', 'No'],
] as const;
const STAGES = [
  ['subscriber', 'Subscriber'],
  ['lead', 'Lead'],
  ['marketingqualifiedlead', 'Marketing Qualified Lead'],
  ['salesqualifiedlead', 'Sales Qualified Lead'],
  ['opportunity', 'Opportunity'],
  ['customer', 'Customer'],
  ['evangelist', 'Evangelist'],
  ['other', 'Other'],
] as const;
const LEAD_STATUSES = [
  ...[['NEW', 'New'] as const, ['OPEN', 'Open'] as const, ['IN_PROGRESS', 'In Progress'] as const],
  ...[['OPEN_DEAL', 'Open Deal'] as const, ['UNQUALIFIED', 'Unqualified'] as const],
  ...[['ATTEMPTED_TO_CONTACT', 'Attempted to Contact'] as const, ['CONNECTED', 'Connected'] as const],
  ...[['BAD_TIMING', 'Bad Timing'] as const],
];
const SOURCES = [
  ...['ORGANIC_SEARCH', 'PAID_SEARCH', 'EMAIL_MARKETING', 'SOCIAL_MEDIA', 'REFERRALS', 'OTHER_CAMPAIGNS'],
  ...['DIRECT_TRAFFIC', 'OFFLINE', 'PAID_SOCIAL'],
];
const LANGUAGES = [
  ...[
    'ar',
    'da',
    'de',
    'el',
    'en',
    'es',
    'fr',
    'he',
    'it',
    'ja',
    'ko',
    'pl',
    'pt-br',
    'sv',
    'th',
    'tr',
    'uk',
  ],
  ...['vi', 'zh-cn'],
];
const INDUSTRIES = [
  ...['COMPUTER_SOFTWARE', 'FOOD_PRODUCTION', 'HOSPITAL_HEALTH_CARE', 'INDUSTRIAL_AUTOMATION'],
  ...['LOGISTICS_AND_SUPPLY_CHAIN', 'MANAGEMENT_CONSULTING', 'MEDIA_PRODUCTION', 'OIL_ENERGY'],
  ...['PACKAGE_FREIGHT_DELIVERY', 'TEXTILES'],
];

const stageDates = STAGES.map(
  ([value, label]): Row => [
    `hs_lifecyclestage_${value}_date`,
    `Became a ${label} Date`,
    'datetime/date',
    INFO,
    'RO C',
  ],
);

const contactRows: readonly Row[] = [
  ['email', 'Email', 'string/text', INFO],
  ['firstname', 'First Name', 'string/text', INFO],
  ['lastname', 'Last Name', 'string/text', INFO],
  ['salutation', 'Salutation', 'string/text', INFO],
  ['phone', 'Phone Number', 'string/phonenumber', INFO],
  ['mobilephone', 'Mobile Phone Number', 'string/phonenumber', INFO],
  ['fax', 'Fax Number', 'string/text', INFO],
  ['company', 'Company Name', 'string/text', INFO],
  ['jobtitle', 'Job Title', 'string/text', INFO],
  ['website', 'Website URL', 'string/text', INFO],
  ['industry', 'Industry', 'string/text', INFO],
  ['address', 'Street Address', 'string/text', INFO],
  ['city', 'City', 'string/text', INFO],
  ['state', 'State/Region', 'string/text', INFO],
  ['zip', 'Postal Code', 'string/text', INFO],
  ['country', 'Country/Region', 'enumeration/select', INFO, '', 'countries'],
  ['annualrevenue', 'Annual Revenue', 'string/text', INFO],
  [
    ...(['numemployees', 'Number of Employees', 'enumeration/select', INFO, ''] as const),
    ['1-5', '5-25', '25-50', '50-100', '100-500', '500-1000', '1000+'],
  ],
  ['lifecyclestage', 'Lifecycle Stage', 'enumeration/radio', INFO, 'X', STAGES],
  ['hs_lead_status', 'Lead Status', 'enumeration/radio', 'sales_properties', '', LEAD_STATUSES],
  ['hubspot_owner_id', 'Contact owner', 'enumeration/select', 'sales_properties', '', 'owners'],
  ['hubspot_owner_assigneddate', 'Owner Assigned Date', 'datetime/date', 'sales_properties', 'RO'],
  ['hs_object_id', 'Record ID', 'number/number', INFO, 'RO'],
  ['createdate', 'Create Date', 'datetime/date', INFO, 'RO'],
  ['hs_createdate', 'Object create date/time', 'datetime/date', INFO, 'RO H'],
  ['lastmodifieddate', 'Last Modified Date', 'datetime/date', INFO, 'RO'],
  ['hs_lastmodifieddate', 'Object last modified date/time', 'datetime/date', INFO, 'RO H'],
  ['hs_email_domain', 'Email Domain', 'string/text', INFO, 'RO C'],
  ['hs_full_name_or_email', 'Full name or email', 'string/text', INFO, 'RO C H'],
  ['hs_additional_emails', 'Additional email addresses', 'enumeration/select', INFO, 'RO H'],
  ['hs_merged_object_ids', 'Merged record IDs', 'enumeration/checkbox', INFO, 'RO'],
  ['hs_all_contact_vids', 'All vids for a contact', 'enumeration/select', INFO, 'RO C H'],
  ['hs_calculated_merged_vids', 'Merged vids with timestamps', 'enumeration/select', INFO, 'RO C H'],
  ['hs_is_contact', 'Is a contact', 'bool/booleancheckbox', INFO, 'RO C H', YES_NO],
  ['hs_is_unworked', 'Contact unworked', 'bool/booleancheckbox', 'sales_properties', 'RO C', YES_NO],
  ['associatedcompanyid', 'Primary Associated Company ID', 'number/number', INFO, 'COMPANY'],
  [
    'hs_analytics_source',
    'Original Traffic Source',
    'enumeration/select',
    'analyticsinformation',
    '',
    SOURCES,
  ],
  ['hs_latest_source', 'Latest Traffic Source', 'enumeration/select', 'analyticsinformation', '', SOURCES],
  [
    'hs_email_optout',
    'Unsubscribed from all email',
    'bool/booleancheckbox',
    'emailinformation',
    'RO',
    YES_NO,
  ],
  ['hs_email_bounce', 'Marketing emails bounced', 'number/number', 'emailinformation', 'RO'],
  [
    ...(['hs_email_hard_bounce_reason_enum', 'Email hard bounce reason', 'enumeration/select'] as const),
    ...([
      'emailinformation',
      'RO',
      ['OTHER', 'UNKNOWN_USER', 'MAILBOX_FULL', 'CONTENT', 'SPAM', 'POLICY'],
    ] as const),
  ],
  ['hs_marketable_status', 'Marketing contact status', 'bool/booleancheckbox', INFO, '', YES_NO],
  [
    'hs_persona',
    'Persona',
    'enumeration/select',
    INFO,
    '',
    [
      ['persona_1', 'Buyer'],
      ['persona_2', 'User'],
    ],
  ],
  ['hs_language', 'Preferred language', 'enumeration/select', INFO, '', LANGUAGES],
  [
    ...(['hs_timezone', 'Time Zone', 'enumeration/select', INFO, ''] as const),
    [
      'europe_slash_berlin',
      'europe_slash_london',
      'us_slash_eastern',
      'us_slash_pacific',
      'asia_slash_tokyo',
    ],
  ],
  ...stageDates,
  ['closedate', 'Close Date', 'datetime/date', 'deal_information'],
  ['notes_last_updated', 'Last Activity Date', 'datetime/date', 'contact_activity', 'RO'],
  ['notes_last_contacted', 'Last Contacted', 'datetime/date', 'contact_activity', 'RO'],
  ['num_notes', 'Number of Sales Activities', 'number/number', 'contact_activity', 'RO'],
  ['num_associated_deals', 'Number of Associated Deals', 'number/number', 'deal_information', 'RO'],
  ['hs_created_by_user_id', 'Created by user ID', 'number/number', INFO, 'RO H'],
  ['hs_updated_by_user_id', 'Updated by user ID', 'number/number', INFO, 'RO H'],
  ['hs_object_source', 'Record source', 'string/text', INFO, 'RO H'],
  ['hs_object_source_id', 'Record source ID', 'string/text', INFO, 'RO H'],
  ['hs_object_source_label', 'Record source label', 'string/text', INFO, 'RO'],
  [
    'hs_searchable_calculated_phone_number',
    'Calculated phone number',
    'phone_number/phonenumber',
    INFO,
    'RO C',
  ],
  ['hs_all_owner_ids', 'All owner IDs', 'enumeration/checkbox', INFO, 'RO H C', 'owners'],
  ['hs_user_ids_of_all_owners', 'User IDs of all owners', 'enumeration/checkbox', INFO, 'RO H C', 'owners'],
  ['hs_associated_target_accounts', 'Associated target accounts', 'number/number', INFO, 'RO C H'],
  [
    'hs_pipeline',
    'Pipeline',
    'enumeration/select',
    INFO,
    'X',
    [['contacts-lifecycle-pipeline', 'Lifecycle']],
  ],
  ['date_of_birth', 'Date of birth', 'string/text', INFO],
  ['message', 'Message', 'string/textarea', INFO],
  ['hs_facebookid', 'Facebook ID', 'string/text', 'socialmediainformation'],
  ['hs_linkedin_url', 'LinkedIn URL', 'string/text', 'socialmediainformation'],
  ['total_revenue', 'Total Revenue', 'number/number', 'deal_information', 'RO C'],
];

const OBJECT_INFO: readonly Row[] = [
  ['hs_object_id', 'Record ID', 'number/number', 'info', 'RO'],
  ['hs_createdate', 'Object create date/time', 'datetime/date', 'info', 'RO'],
  ['hs_lastmodifieddate', 'Last Modified Date', 'datetime/date', 'info', 'RO'],
  ['hs_object_source', 'Record source', 'string/text', 'info', 'RO H'],
  ['hs_object_source_id', 'Record source ID', 'string/text', 'info', 'RO H'],
  ['hs_object_source_label', 'Record source label', 'string/text', 'info', 'RO'],
  ['hs_merged_object_ids', 'Merged record IDs', 'enumeration/checkbox', 'info', 'RO'],
  ['hubspot_owner_id', 'Owner', 'enumeration/select', 'info', '', 'owners'],
];

const rowsByType: Record<string, readonly Row[]> = {
  '0-1': contactRows,
  '0-2': [
    ...OBJECT_INFO,
    ['createdate', 'Create Date', 'datetime/date', 'info', 'RO'],
    ['name', 'Company name', 'string/text', 'info'],
    ['domain', 'Company Domain Name', 'string/text', 'info'],
    ['phone', 'Phone Number', 'string/phonenumber', 'info'],
    ['website', 'Website URL', 'string/text', 'info'],
    ['industry', 'Industry', 'enumeration/select', 'info', '', INDUSTRIES],
    ['address', 'Street Address', 'string/text', 'info'],
    ['city', 'City', 'string/text', 'info'],
    ['state', 'State/Region', 'string/text', 'info'],
    ['zip', 'Postal Code', 'string/text', 'info'],
    ['country', 'Country/Region', 'enumeration/select', 'info', '', 'countries'],
    ['annualrevenue', 'Annual Revenue', 'number/number', 'info'],
    ['numberofemployees', 'Number of Employees', 'number/number', 'info'],
    ['lifecyclestage', 'Lifecycle Stage', 'enumeration/radio', 'info', 'X', STAGES],
    ['hs_lead_status', 'Lead Status', 'enumeration/radio', 'info', '', LEAD_STATUSES],
    ['founded_year', 'Year Founded', 'string/text', 'info'],
    ['description', 'Description', 'string/textarea', 'info'],
  ],
  '0-3': [
    ...OBJECT_INFO,
    ['createdate', 'Create Date', 'datetime/date', 'info'],
    ['dealname', 'Deal Name', 'string/text', 'info'],
    ['amount', 'Amount', 'number/number', 'info'],
    ['closedate', 'Close Date', 'datetime/date', 'info'],
    [
      ...(['dealstage', 'Deal Stage', 'enumeration/radio', 'info', 'X'] as const),
      ['appointmentscheduled', 'qualifiedtobuy', 'contractsent', 'closedwon', 'closedlost'],
    ],
    ['pipeline', 'Pipeline', 'enumeration/select', 'info', 'X', ['default']],
  ],
};

const GENERAL: readonly Row[] = [
  ...OBJECT_INFO,
  ['hs_timestamp', 'Activity date', 'datetime/date', 'info'],
  ['subject', 'Subject', 'string/text', 'info'],
  ['content', 'Content', 'string/textarea', 'info'],
];

/** The properties an object type has from the start, of a portal in which no other integration is installed. */
export function standardProperties(typeId: string, objectLabel: string): Property[] {
  const rows = rowsByType[typeId] ?? (typeId.startsWith('2-') ? OBJECT_INFO : GENERAL);
  return rows.map((row) => toProperty(row, `${objectLabel.toLowerCase()}information`));
}

function toProperty([name, label, kind, group, flags = '', options]: Row, ownGroup: string): Property {
  const [type = 'string', fieldType = 'text'] = kind.split('/');
  const flag = new Set(flags.split(' '));
  const external = flag.has('X') || options === 'owners';
  const references = options === 'owners' ? 'OWNER' : flag.has('COMPANY') ? 'COMPANY' : undefined;
  return {
    name,
    label,
    type,
    fieldType,
    description: '',
    groupName: group === 'info' ? ownGroup : group,
    options: toOptions(options),
    displayOrder: -1,
    calculated: flag.has('C'),
    externalOptions: external,
    hasUniqueValue: name === 'hs_object_id',
    hidden: flag.has('H'),
    hubspotDefined: true,
    modificationMetadata: {
      archivable: false,
      readOnlyDefinition: true,
      readOnlyValue: flag.has('RO'),
      readOnlyOptions: options !== undefined && name !== 'hs_lead_status',
    },
    formField: !flag.has('RO') && !flag.has('H'),
    dataSensitivity: 'non_sensitive',
    createdAt: '2019-08-06T02:41:09.000Z',
    updatedAt: '2026-03-10T09:12:44.000Z',
    ...(references ? { referencedObjectType: references } : {}),
  };
}

function toOptions(options: Options | undefined): PropertyOption[] {
  if (options === undefined || options === 'owners') return [];
  const list = options === 'countries' ? countries : options;
  return list.map((each, displayOrder) => {
    const [value, label] = typeof each === 'string' ? [each, each] : each;
    return { label, value, displayOrder, hidden: false };
  });
}

/** Property groups that exist from the start, by name. */
export const standardGroups: Record<string, readonly (readonly [name: string, label: string])[]> = {
  '0-1': [
    ['contactinformation', 'Contact information'],
    ['sales_properties', 'Sales properties'],
    ['emailinformation', 'Email information'],
    ['analyticsinformation', 'Analytics information'],
    ['socialmediainformation', 'Social media information'],
    ['contact_activity', 'Contact activity'],
    ['deal_information', 'Deal information'],
  ],
};
