export { getAccount } from './get-account.ts';
export { getActor } from './get-actor.ts';
