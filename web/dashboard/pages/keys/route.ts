import { KeyRound } from "lucide-preact";
import { pageGroup } from "../../frame/pages.ts";

export default pageGroup({
  title: "API keys",
  icon: KeyRound,
  order: 120,
  scope: "own",
  key: "k",
  routes: [{ path: "/keys", load: () => import("./list.tsx") }],
});
