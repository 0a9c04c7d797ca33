/** Records, logs, code and messages of programs, asked for as people write their names, numbers and keys. */
import { describe } from "bun:test";
import { testFirstHits, type Questions, type Texts } from "@test/first-hits";

const record = (order: string, customer: string, phone: string, date: string, key: string) =>
  `order_id: ${order}\ncustomer: ${customer}\nphone: ${phone}\norder_date: ${date}\ntracking: ${key}\nproduct: steel valve`;

const texts: Texts = {
  "order 1": [
    "r1",
    record(
      "ORD-2024-00392",
      "Greta Lopez",
      "+44 853 375 4756",
      "2024-03-09",
      "3f63464c-0ba4-50ae-944e-d06762a178b6",
    ),
  ],
  "order 2": [
    "r2",
    record(
      "ORD-2024-01637",
      "Greta Rossi",
      "+44 375 853 9911",
      "2024-09-03",
      "22251b85-4574-e885-4b0b-3129c7bd7e8e",
    ),
  ],
  "order 3": [
    "r3",
    record(
      "ORD-2023-00163",
      "Hiro Rossi",
      "+49 30 4756 853",
      "2023-09-13",
      "eab650e4-a405-9dc6-001a-7e5ac953d1d6",
    ),
  ],
  "log 1": ["l1", "2024-03-02T22:17:45Z WARN payment 7614ccaa declined: code 9434 insufficient_funds"],
  "log 2": [
    "l2",
    "2024-03-10T08:32:39Z ERROR retrying reportService.fetchExportById after 503\n2024-03-10T08:41:10Z WARN OutOfMemoryError in worker-6111: heap 3683MB exceeded\n" +
      "2024-03-10T08:46:26Z DEBUG payment b952831a declined: code 813 insufficient_funds\n2024-03-10T09:18:44Z INFO user hirok failed login",
  ],
  "log 3": ["l3", "2024-03-11T10:00:00Z WARN OutOfMemoryError in worker-3052: heap 2365MB exceeded"],
  restore: ["store.py", "def restore_from_cluster(name):\n    return load(name)"],
  "to func": ["lift.py", "def to_func(value):\n    return lambda: value"],
  func: ["fold.py", "def fold(func, values):\n    return func(values)"],
};

const questions: Questions = [
  ["+448533754756", "order 1"],
  ["0853-3754756", "order 1"],
  ["3f63464c0ba450ae944ed06762a178b6", "order 1"],
  ["ord202400392", "order 1"],
  ["order 392", "order 1"],
  ["order 1637 of 2024", "order 2"],
  ["March 9, 2024 order of Greta", "order 1"],
  ["what was ordered on 13 September 2023", "order 3"],
  ["heap 3683 MB exceeded", "log 2"],
  ["payment declined 2 March 22:17", "log 1"],
  ["heap 3683MB exceeded", "log 2"],
  ["restorefromcluster", "restore"],
  ["to_func", "to func"],
];

describe("names, numbers and keys", () => testFirstHits(texts, questions));
