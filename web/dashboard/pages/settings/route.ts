import { Settings } from "lucide-preact";
import { pageGroup } from "../../frame/pages.ts";

export default pageGroup({
  title: "Settings",
  icon: Settings,
  order: 130,
  scope: "read",
  key: ",",
  routes: [{ path: "/settings", load: () => import("./health.tsx") }],
});
