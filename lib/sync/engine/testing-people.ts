import { Ground } from './testing.ts';

export const minute = 60_000;

/** A contact that has all a Lead must have. */
export const ann = {
  ...{ email: 'ann@x.example', firstname: 'Ann', lastname: 'Berg' },
  ...{ company: 'Acme', phone: '1' },
};

/** A contact whose Lead the sync has created. */
export async function linked(values = ann): Promise<{ made: Ground; contactId: string; recordId: string }> {
  const made = new Ground();
  const contactId = made.contact(values);
  made.world.advance(minute);
  const { recordId } = await made.sync({ contactId }, 'created');
  made.world.advance(minute);
  return { made, contactId, recordId: recordId ?? '' };
}

/** Inside and outside the segment of `inLund`, and a Lead with the address of both. */
export const inside = {
  ...{ email: 'ann@x.example', firstname: 'Ann', lastname: 'Berg' },
  ...{ company: 'Acme', city: 'Lund' },
};
export const outside = { ...inside, city: 'Oslo' };
export const lead = {
  ...{ Email: 'ann@x.example', FirstName: 'Anna', LastName: 'Berg' },
  ...{ Company: 'Acme', City: 'Lund' },
};

/** The inclusion segment holds who lives in Lund. */
export function inLund(): Ground {
  const made = new Ground();
  made.chooseCity();
  return made;
}

/** Whatever HubSpot lags behind has passed. */
export function settled(made: Ground): Ground {
  made.world.advance(2 * minute);
  return made;
}
