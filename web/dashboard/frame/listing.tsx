/** A list the server keeps: loading, failed, empty or there. */
import type { ComponentProps } from "preact";
import { Failure, Table } from "#ui";
import { type Resource, useResource } from "../data/resource.ts";
import { useListKeys } from "./list-keys.ts";

type TableProps<Row> = Omit<ComponentProps<typeof Table<Row>>, "rows">;

/** A table of all there are, kept fresh. */
export function Listing<Row>(props: TableProps<Row> & { of: Resource<readonly Row[]> }) {
  const { of, ...table } = props;
  const { value, error, refresh } = useResource(of);
  useListKeys();
  if (error.value && !value.value) return <Failure error={error.value} onRetry={refresh} />;
  return <Table {...table} rows={value.value} />;
}
