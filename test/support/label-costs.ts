import { million, PRICES, type Row } from './price-table';

/** The costs of storing a label: at most so many write units of its item, one of its link, and PUTs. */
export interface LabelCost {
  /** The size of its delivery. */
  readonly kilobytes: number;
  readonly itemUnits: number;
  readonly puts: 0 | 1;
}

/** A test stores labels of these sizes, and counts. Numbers as annotators draw them compress less than other JSON. */
export const LABEL_COSTS: readonly LabelCost[] = [
  { kilobytes: 3, itemUnits: 2, puts: 0 },
  { kilobytes: 30, itemUnits: 5, puts: 0 },
  { kilobytes: 300, itemUnits: 1, puts: 1 },
  { kilobytes: 3_000, itemUnits: 1, puts: 1 },
];

export const sizeOf = ({ kilobytes }: LabelCost): string =>
  kilobytes < 1_000 ? `${kilobytes} KB` : `${kilobytes / 1_000} MB`;

/** A row for a million labels. */
export function toRow(cost: LabelCost): Row {
  const { itemUnits, puts } = cost;
  const { dynamoDbWrites, s3Writes } = PRICES.million;
  const what = `labels of ${sizeOf(cost)}: ${itemUnits} + 1 write units`;
  const [name, sum, usd] = million(`DynamoDB, ${what}`, itemUnits + 1, dynamoDbWrites);
  if (puts === 0) return [name, sum, usd];
  return [
    `DynamoDB and S3, ${what}, and a PUT`,
    `${sum} + ${puts} M x $${s3Writes.toFixed(2)}/M`,
    usd + puts * s3Writes,
  ];
}
