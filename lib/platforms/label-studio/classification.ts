import type { Classification } from '../../events/types';
import { asId, asNumber, asObject, asText, type JsonObject } from '../../json/read';
import { answerMember, readAnswer } from './answers';
import type { Config } from './config';
import { remainingOf, type Understood } from './remaining';

/** The origin of answers for the whole task. It is always `manual`, so it carries no information. */
const TASK: Understood = { about: { origin: 'manual' }, members: [] };

/**
 * Converts an answer for a region or for the whole task.
 *
 * @param region the properties of the region that its annotation has already
 */
export function toClassification(
  result: JsonObject,
  config: Config,
  region: Understood = TASK,
): Classification {
  const itemIndex = asNumber(result.item_index) ?? asNumber(asObject(result.value)?.item_index);
  const own = { id: asId(result.id), item_index: itemIndex, to_name: asText(result.to_name) };
  const unlessSaid = <T>(member: keyof typeof own, value: T): T | undefined =>
    region.about[member] === value ? undefined : value;

  const said = readAnswer(result, config);
  const members = [...region.members, answerMember(result) ?? ''];
  const about = { ...region.about, ...own };
  return {
    id: unlessSaid('id', own.id),
    name: asText(result.from_name),
    ...said,
    itemIndex: unlessSaid('item_index', itemIndex),
    target: unlessSaid('to_name', own.to_name),
    other: said.type === 'other' ? undefined : remainingOf(result, { ...region, about, members }),
  };
}
