import { otherPlaces, salesRegionPlaces } from './places.ts';

export interface DemoCompany {
  index: number;
  name: string;
  domain: string;
  industry: string;
  /** Whole euros a year. */
  annualRevenue: number;
  employees: number;
  country: string;
  city: string;
}

export const demoCompanies = 200;

/** The entry at a position that may lie beyond the end: the list goes round. */
export const at = <T>(list: readonly T[], position: number): T => list[position % list.length] as T;

const COMPANY_FIRST = [
  ...['Holm', 'Aurora', 'Blue Fjord', 'Cedar', 'Delta', 'Evergreen', 'Falcon', 'Granite', 'Harbour', 'Iris'],
  ...[
    'Juniper',
    'Kestrel',
    'Lumen',
    'Meridian',
    'Nimbus',
    'Orchard',
    'Pioneer',
    'Quarry',
    'Riverside',
    'Summit',
  ],
];
const COMPANY_LAST = [
  ...[
    'Logistik',
    'Software',
    'Foods',
    'Robotics',
    'Textiles',
    'Energy',
    'Health',
    'Consulting',
    'Media',
    'Freight',
  ],
];
const COMPANY_DOMAIN = [
  ...['log', 'soft', 'foods', 'robotics', 'textiles', 'energy', 'health', 'consulting', 'media', 'freight'],
];
const INDUSTRIES = [
  ...[
    'LOGISTICS_AND_SUPPLY_CHAIN',
    'COMPUTER_SOFTWARE',
    'FOOD_PRODUCTION',
    'INDUSTRIAL_AUTOMATION',
    'TEXTILES',
  ],
  ...[
    'OIL_ENERGY',
    'HOSPITAL_HEALTH_CARE',
    'MANAGEMENT_CONSULTING',
    'MEDIA_PRODUCTION',
    'PACKAGE_FREIGHT_DELIVERY',
  ],
];

/** The company with this number, 0 to 199: always the same. */
export function demoCompany(index: number): DemoCompany {
  const kind = Math.floor(index / COMPANY_FIRST.length);
  const name = at(COMPANY_FIRST, index);
  const place = at([...salesRegionPlaces, ...otherPlaces], index);
  return {
    index,
    name: `${name} ${at(COMPANY_LAST, kind)}`,
    domain: `${name.toLowerCase().replace(/ /g, '')}${at(COMPANY_DOMAIN, kind)}.example`,
    industry: at(INDUSTRIES, kind),
    annualRevenue: 250_000 + ((index * 7_919) % 400) * 125_000,
    employees: 5 + ((index * 53) % 2_400),
    country: place.country,
    city: at(place.cities, index),
  };
}
