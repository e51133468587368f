/**
 * The people of the emulated Teams, and the ids Teams would give them. A person has the same Entra object id in the
 * tenant, in Teams and on the practice page.
 */

/** Somebody with Teams. */
export interface Member {
  /** Entra object id. */
  readonly id: string;
  readonly name: string;
  readonly userPrincipalName: string;
  readonly jobTitle: string | null;
  readonly department: string | null;
}

/** The bot's own id in Teams, as it would be `28:<app id>`. */
export const BOT_ID = '28:hardline-demo';
/** The name the chat shows for the bot. */
export const BOT_NAME = 'Hardline';

/** Teams' own id of a person: opaque, per bot. */
export function mriOf(person: string): string {
  return `29:1demo-${person}`;
}

/** The id of the personal chat between a person and the bot. */
export function chatOf(person: string): string {
  return `a:1demo-${person}`;
}

/** The person of a personal chat; `null` for any other id. */
export function personOfChat(conversation: string): string | null {
  return conversation.startsWith('a:1demo-') ? conversation.slice('a:1demo-'.length) : null;
}

/** The person with this MRI or Entra object id; any other text is returned as it is. */
export function personOfAnyId(id: string): string {
  return id.startsWith('29:1demo-') ? id.slice('29:1demo-'.length) : id;
}

/** A member as the connector describes them (`TeamsChannelAccount`). */
export function asChannelAccount(member: Member, tenantId: string): Record<string, unknown> {
  const [givenName = '', ...rest] = member.name.split(' ');
  return {
    id: mriOf(member.id),
    name: member.name,
    objectId: member.id,
    aadObjectId: member.id,
    givenName,
    surname: rest.join(' '),
    email: member.userPrincipalName,
    userPrincipalName: member.userPrincipalName,
    tenantId,
    userRole: 'user',
  };
}
