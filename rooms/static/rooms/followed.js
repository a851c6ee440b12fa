// A page from which one can go and follow: the debrief, the closed room. It says so as soon as the chair shows anything.
import { startFollowing } from "./follow.js";

startFollowing(null);
