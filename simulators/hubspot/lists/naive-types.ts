/** A contact as plain data, for the second evaluator. */
export interface Person {
  id: string;
  values: Record<string, string | undefined>;
  /** Every value each property ever had, newest first, with the time it was set. */
  past: Record<string, { value: string; at: number }[]>;
  types: Record<string, string>;
  lists: string[];
  companyRevenues: (number | undefined)[];
}

export interface Setting {
  now: number;
  zone: string;
}

export interface NaivePoint {
  timeType: string;
  year: number;
  month: number;
  day: number;
  hour?: number;
  indexReference: { referenceType: string };
  offset?: { days?: number; hours?: number };
}

export interface NaiveOperation {
  operationType: string;
  operator: string;
  includeObjectsWithNoValueSet: boolean;
  value: string | number | boolean;
  values: string[];
  lowerBound: number;
  upperBound: number;
  timestamp: number;
  year: number;
  month: string;
  day: number;
  numberOfDays: number;
  timeUnit: string;
  timeUnitCount?: number;
  comparisonPropertyName: string;
  timePoint: NaivePoint;
  lowerBoundTimePoint: NaivePoint;
  upperBoundTimePoint: NaivePoint;
  endpointBehavior?: string;
  lowerBoundEndpointBehavior?: string;
  upperBoundEndpointBehavior?: string;
  propertyParser?: string;
}

export interface NaiveFilter {
  filterType: string;
  property: string;
  operation: NaiveOperation;
  operator: string;
  listId: string;
  shouldAccept: boolean;
}

/** A branch as the JSON it is: which fields are there depends on its type. */
export interface NaiveBranch {
  filterBranchType: string;
  filterBranches: NaiveBranch[];
  filters: NaiveFilter[];
}
