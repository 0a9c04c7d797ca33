/**
 * SQL functions that agents may call. Left out on purpose: whatever loads code, makes big blobs out of nothing, keeps
 * a processor busy for its own sake, or tells about the host.
 */
const groups = {
  text: "char concat concat_ws format glob hex instr length like likelihood likely lower ltrim match octet_length printf quote replace rtrim substr substring trim unhex unicode unistr unlikely upper",
  numbers:
    "abs acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi pow power radians round sign sin sinh sqrt tan tanh trunc",
  choice: "coalesce if ifnull iif max min nullif typeof",
  time: "current_date current_time current_timestamp date datetime julianday strftime time timediff unixepoch",
  json: "-> ->> json json_array json_array_length json_error_position json_extract json_group_array json_group_object json_insert json_object json_patch json_pretty json_quote json_remove json_replace json_set json_type json_valid subtype",
  aggregates: "avg count group_concat median percentile percentile_cont percentile_disc string_agg sum total",
  windows:
    "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number",
  fullText: "bm25 highlight snippet",
};

export const allowedFunctions: ReadonlySet<string> = new Set(
  Object.values(groups).flatMap((names) => names.split(" ")),
);
