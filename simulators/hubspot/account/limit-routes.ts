import { type Answer, type Call, noContent, ok, type Route } from '../http/router.ts';
import type { ObjectType } from '../objects/object-types.ts';

const RECORD_LIMIT = 15_000_000;
const PROPERTY_LIMIT = 1_000;
const CUSTOM_TYPE_LIMIT = 10;

const percentage = (usage: number, limit: number) => Math.round((usage / limit) * 10_000) / 100;

function usageOf(type: ObjectType, usage: number) {
  return { objectTypeId: type.id, singularLabel: type.label, pluralLabel: type.labelPlural, usage };
}

function records(call: Call): Answer {
  const count = (type: ObjectType) => {
    let live = 0;
    for (const record of call.portal.objects(type.id).records.values())
      if (record.archivedAt === undefined) live += 1;
    return usageOf(type, live);
  };
  const own = call.portal.types.filter((type) => type.custom).map(count);
  const overallUsage = own.reduce((sum, { usage }) => sum + usage, 0);
  return ok({
    hubspotDefinedObjectTypes: call.portal.types
      .filter((type) => !type.custom)
      .map(count)
      .map((each) => ({ ...each, limit: RECORD_LIMIT, percentage: percentage(each.usage, RECORD_LIMIT) })),
    customObjectTypes: {
      ...{ byObjectType: own, overallLimit: RECORD_LIMIT, overallUsage },
      overallPercentage: percentage(overallUsage, RECORD_LIMIT),
    },
  });
}

function customProperties(call: Call): Answer {
  const byObjectType = call.portal.types.map((type) => {
    const all = [...call.portal.objects(type.id).properties.values()];
    const usage = all.filter((property) => !property.hubspotDefined && !property.archived).length;
    return { ...usageOf(type, usage), limit: PROPERTY_LIMIT, percentage: percentage(usage, PROPERTY_LIMIT) };
  });
  const overallUsage = byObjectType.reduce((sum, { usage }) => sum + usage, 0);
  const overallLimit = PROPERTY_LIMIT * byObjectType.length;
  const overallPercentage = percentage(overallUsage, overallLimit);
  return ok({ byObjectType, overallLimit, overallUsage, overallPercentage });
}

function customTypes(call: Call): Answer {
  const usage = call.portal.types.filter((type) => type.custom).length;
  return ok({ limit: CUSTOM_TYPE_LIMIT, usage, percentage: percentage(usage, CUSTOM_TYPE_LIMIT) });
}

/** Ends every token of the calling app in the account. */
function uninstall(call: Call): Answer {
  call.uninstall();
  return noContent();
}

export const limitRoutes: readonly Route[] = [
  { method: 'GET', path: '/crm/v3/limits/records', scopes: ['oauth'], handler: records },
  { method: 'GET', path: '/crm/v3/limits/custom-properties', scopes: ['oauth'], handler: customProperties },
  { method: 'GET', path: '/crm/v3/limits/custom-object-types', scopes: ['oauth'], handler: customTypes },
  { method: 'DELETE', path: '/appinstalls/v3/external-install', scopes: ['oauth'], handler: uninstall },
];
