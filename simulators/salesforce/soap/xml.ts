import { XMLBuilder, XMLParser } from 'fast-xml-parser';

export type XmlNode = Record<string, unknown>;

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
});
const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});

const isNode = (value: unknown): value is XmlNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The child element as a node, empty when it is missing or only text. */
export function child(node: unknown, name: string): XmlNode {
  const value = isNode(node) ? node[name] : undefined;
  return isNode(value) ? value : {};
}

/** All child elements of this name. */
export function children(node: unknown, name: string): unknown[] {
  const value = isNode(node) ? node[name] : undefined;
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Text of a child element; null when it is missing, nil or empty. */
export function textOf(node: unknown, name: string): string | null {
  const value = isNode(node) ? node[name] : undefined;
  const text = isNode(value) ? value['#text'] : value;
  return typeof text === 'string' && text !== '' ? text : null;
}

/** True for an element that says it is nil. */
export function isNil(value: unknown): boolean {
  return isNode(value) && (value['@nil'] === 'true' || value['@xsi:nil'] === 'true');
}

/** Header and body of a SOAP envelope; throws when the text is no envelope. */
export function readEnvelope(text: string): { header: XmlNode; body: XmlNode } {
  const document: unknown = parser.parse(text);
  const envelope = child(document, 'Envelope');
  if (Object.keys(envelope).length === 0) throw new Error('Envelope missing');
  return { header: child(envelope, 'Header'), body: child(envelope, 'Body') };
}

/** An envelope around this body. `null` becomes a nil element. */
export function writeEnvelope(body: XmlNode): string {
  const content = builder.build({
    'soapenv:Envelope': {
      '@xmlns:soapenv': 'http://schemas.xmlsoap.org/soap/envelope/',
      '@xmlns': 'urn:partner.soap.sforce.com',
      '@xmlns:sf': 'urn:fault.partner.soap.sforce.com',
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'soapenv:Body': withNil(body),
    },
  });
  return `<?xml version="1.0" encoding="UTF-8"?>${content}`;
}

function withNil(value: unknown): unknown {
  if (value === null) return { '@xsi:nil': 'true' };
  if (Array.isArray(value)) return value.map(withNil);
  if (!isNode(value)) return typeof value === 'boolean' ? String(value) : value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withNil(each)]));
}
