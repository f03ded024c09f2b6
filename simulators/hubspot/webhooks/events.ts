import type { RecordEvent, Source } from '../objects/types.ts';
import type { Portal } from '../portal.ts';
import type { Subscription } from './subscriptions.ts';

/** The body of one event, without the ids that the delivery adds. */
export interface EventBody {
  subscriptionType: string;
  /** For the subscription's filter on a property; part of property changes only. */
  propertyName?: string;
  objectId?: number;
  [field: string]: unknown;
}

/** Every event that one change of a record can give, by kind of subscription. */
export function eventsOf(portal: Portal, event: RecordEvent): EventBody[] {
  const name = portal.objects(event.typeId).type.singular;
  const common = { objectId: Number(event.id), ...sourceOf(event.source) };
  const body = (kind: string, fields: object): EventBody => ({
    ...{ subscriptionType: `${name}.${kind}` },
    ...common,
    ...fields,
  });
  switch (event.kind) {
    case 'creation':
      return [body('creation', { changeFlag: 'CREATED' }), ...propertyChanges(event, body)];
    case 'propertyChange':
      return propertyChanges(event, body);
    case 'deletion':
      return [body('deletion', { changeFlag: 'DELETED' })];
    case 'privacyDeletion':
      return [body('privacyDeletion', { changeFlag: 'DELETED' })];
    case 'restore':
      return [body('restore', { changeFlag: 'RESTORED' })];
    case 'merge':
      return [
        body('merge', {
          primaryObjectId: Number(event.merge?.primaryId),
          mergedObjectIds: event.merge?.mergedIds.map(Number) ?? [],
          newObjectId: Number(event.merge?.newId),
          numberOfPropertiesMoved: event.merge?.moved ?? 0,
        }),
      ];
    default:
      return [associationChange(portal, event, body)];
  }
}

type Body = (kind: string, fields: object) => EventBody;

function propertyChanges(event: RecordEvent, body: Body): EventBody[] {
  return Object.entries(event.changes ?? {}).map(([propertyName, value]) =>
    body('propertyChange', { propertyName, propertyValue: value ?? '' }),
  );
}

function associationChange(portal: Portal, event: RecordEvent, body: Body): EventBody {
  const to = portal.objects(event.association?.toTypeId ?? '').type;
  const from = portal.objects(event.typeId).type;
  const { objectId: _, ...rest } = body('associationChange', {});
  return {
    ...rest,
    subscriptionType: `${from.singular}.associationChange`,
    associationType: `${from.upper}_TO_${to.upper}`,
    associationTypeId: event.association?.typeId,
    fromObjectId: Number(event.id),
    toObjectId: Number(event.association?.toId),
    associationRemoved: event.association?.removed ?? false,
    isPrimaryAssociation: event.association?.primary ?? false,
  };
}

/** For the app's own writes `sourceId` names the app, which is how it can drop its echoes. */
function sourceOf(source: Source) {
  return { changeSource: source.sourceType, ...(source.sourceId ? { sourceId: source.sourceId } : {}) };
}

/** Does a subscription ask for this event? `object.*` asks by object type. */
export function asksFor(subscription: Subscription, event: EventBody, typeId: string): boolean {
  const kind = event.subscriptionType.split('.')[1];
  const named =
    subscription.eventType === event.subscriptionType ||
    (subscription.eventType === `object.${kind}` && subscription.objectTypeId === typeId);
  return (
    named && (subscription.propertyName === undefined || subscription.propertyName === event.propertyName)
  );
}
