/** Texts of other kinds than pages: titles alone, messages, tables, numbers, code, hours of minutes, and arguments. */
import { describe } from "bun:test";
import { testFirstHits, type Questions, type Texts } from "@test/first-hits";

/** Ten thousand words of nothing, with the one thing in their midst. */
const minutes = (matter: string) => {
  const point = (_: unknown, at: number) =>
    `Point ${at}: the committee went through the papers for point ${at} and put it off.`;
  const points = Array.from({ length: 300 }, point).join("\n\n");
  return `${points}\n\n${matter}\n\n${points}`;
};

const texts: Texts = {
  password: ["How do I reset my password?", "# How do I reset my password?"],
  address: ["How do I change my e-mail address?", "# How do I change my e-mail address?"],
  refund: ["Can I get a refund after thirty days?", "# Can I get a refund after thirty days?"],
  card: ["Why was my card declined?", "# Why was my card declined?"],
  delivery: ["How long does delivery take?", "# How long does delivery take?"],
  closed: ["", "Office closed Friday, public holiday 🎉"],
  gateway: ["", "Anyone else seeing 502s from the gateway?"],
  lunch: ["", "lunch at the new thai place was 👌"],
  revenue: [
    "Revenue by quarter",
    "| Quarter | Revenue | Costs |\n| --- | --- | --- |\n| Q1 2024 | 1,204,000 | 980,000 |\n| Q2 2024 | 1,310,500 | 1,002,000 |\n| Q3 2024 | 1,275,250 | 990,400 |",
  ],
  headcount: [
    "Headcount",
    "| Team | People | Open posts |\n| --- | --- | --- |\n| Sales | 14 | 2 |\n| Support | 9 | 0 |\n| Platform | 11 | 3 |",
  ],
  orders: ["Orders", "In May there were 1840512 orders, in June 1790033."],
  network: ["Network", "The gateway has the address 10.20.0.1; the printers are 10.20.4.17 and 10.20.4.18."],
  release: ["Release 2.14.3", "Version 2.14.3 fixes the login loop. Version 2.14.2 was withdrawn."],
  release15: ["Release 2.15.0", "Version 2.15.0 brings dark mode."],
  remote: [
    "Remote work",
    "Working from home saves commuting time, and teams that write things down lose nothing. Surveys show that people concentrate better away from the open-plan office.",
  ],
  office: ["Office days", "Two days a week in the office are asked for: newcomers learn beside others."],
  levy: ["Sugar", "A levy on sweet drinks lowers how much the young consume, and pays for school sport."],
  mueller: ["Müller GmbH", "Müller GmbH delivers the pallets. Contact: Frau Özdemir."],
  genoa: [
    "Genoa",
    "The branch in Genoa opened in 2019 and moved twice since then. Eleven people work there, most of them for shipping companies. The lease ends in spring, and the landlord would like to sell the house.",
  ],
  "genoa flights": ["Genoa flights", "Genoa is reached from Munich. Flights to Genoa leave at seven."],
  schmidt: ["Schmidt AG", "Schmidt AG delivers the screws."],
  minutes: [
    "Minutes of the general assembly",
    minutes("The treasurer resigned for reasons of health; Amara Okafor takes over in autumn."),
  ],
  pool: [
    "pool.cpp",
    "```cpp\nstd::shared_ptr<Connection> ConnectionPool::acquire(std::chrono::milliseconds timeout) {\n  std::unique_lock lock(mutex_);\n  return idle_.pop();\n}\n```",
  ],
  sql: [
    "orders.sql",
    "```sql\nSELECT customer_id, SUM(total_amount) FROM orders GROUP BY customer_id HAVING SUM(total_amount) > 1000;\n```",
  ],
  server: [
    "server.go",
    "```go\nfunc (s *Server) handleHealthz(w http.ResponseWriter, r *http.Request) {\n  w.WriteHeader(http.StatusOK)\n}\n```",
  ],
  errors: [
    "Errors",
    "ECONNRESET means that the other side closed the socket. ETIMEDOUT means nobody answered.",
  ],
  "move asked": ["#office", "Lena: The move to the new office, the move everybody talks about, will be fun."],
  "move dated": ["#office", "Omar: By the way we move to the new office on 14 March, says the landlord."],
  "move boxes": ["#office", "Lena: For the move to the new office I need boxes, many boxes."],
  "umzug frage": ["#büro", "Jana: Der Umzug des Lagers, dieser Umzug, wird uns noch beschäftigen."],
  "umzug datum": ["#büro", "Till: Wie ich höre, beginnt der Umzug des Lagers schon am Dienstag."],
};

const questions: Questions = [
  ["forgot password", "password"],
  ["pasword reset", "password"],
  ["money back after a month refund", "refund"],
  ["payemnt crad reufsed", "card"],
  ["payment card refused", "card"],
  ["change email", "address"],
  ["delivery time, how long?", "delivery"],
  ["is the office open on friday", "closed"],
  ["gateway 502", "gateway"],
  ["thai restaurant", "lunch"],
  ["hedacount", "headcount"],
  ["Ofifce dyas", "office"],
  ["commiting to remoet wrok", "remote"],
  ["revenue in the third quarter 2024", "revenue"],
  ["1,275,250", "revenue"],
  ["1275250", "revenue"],
  ["1,840,512 orders", "orders"],
  ["1.790.033", "orders"],
  ["open posts platform team", "headcount"],
  ["10.20.4.17", "network"],
  ["what is in version 2.14.3", "release"],
  ["2.15.0", "release15"],
  [
    "We should forbid working from home, because people are less productive there and commuting does not matter",
    "remote",
  ],
  ["Nobody should be told what sweet drinks to consume; a levy does nothing for the young", "levy"],
  ["Genoa", "genoa"],
  ["gneoa", "genoa"],
  ["flights to Genoa", "genoa flights"],
  ["Mueller GmbH", "mueller"],
  ["Muller GmbH contact", "mueller"],
  ['"the treasurer resigned"', "minutes"],
  ["Who takes over from the treasurer?", "minutes"],
  ["Amara Okafor", "minutes"],
  ["ConnectionPool acquire timeout", "pool"],
  ["connection_pool::acquire", "pool"],
  ["sum of total amount by customer", "sql"],
  ["handle_healthz", "server"],
  ["health check handler", "server"],
  ["ECONRESET", "errors"],
  ["what does ETIMEDOUT mean", "errors"],
  ["When do we move to the new office?", "move dated"],
  ["Wann ist der Umzug des Lagers?", "umzug datum"],
];

describe("search over texts of many kinds", () => testFirstHits(texts, questions));
