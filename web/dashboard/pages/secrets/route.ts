import { Lock } from "lucide-preact";
import { pageGroup } from "../../frame/pages.ts";

export default pageGroup({
  title: "Secrets",
  icon: Lock,
  order: 110,
  scope: "manage",
  key: "s",
  routes: [{ path: "/secrets", load: () => import("./list.tsx") }],
});
