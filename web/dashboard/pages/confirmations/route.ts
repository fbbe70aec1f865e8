import { ShieldQuestion } from "lucide-preact";
import { pageGroup } from "../../frame/pages.ts";

export default pageGroup({
  title: "Confirmations",
  icon: ShieldQuestion,
  order: 40,
  scope: "read",
  key: "c",
  routes: [{ path: "/confirmations", load: () => import("./list.tsx") }],
});
