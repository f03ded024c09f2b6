import { countries } from '#simulators/demo/countries.ts';
import type { Property, PropertyOption } from '../objects/types.ts';

import { contactRows, LEAD_STATUSES, type Options, type Row, STAGES } from './standard-contacts.ts';

const INDUSTRIES = [
  ...['COMPUTER_SOFTWARE', 'FOOD_PRODUCTION', 'HOSPITAL_HEALTH_CARE', 'INDUSTRIAL_AUTOMATION'],
  ...['LOGISTICS_AND_SUPPLY_CHAIN', 'MANAGEMENT_CONSULTING', 'MEDIA_PRODUCTION', 'OIL_ENERGY'],
  ...['PACKAGE_FREIGHT_DELIVERY', 'TEXTILES'],
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
