// Exchanges the token in the fragment for a session. The fragment is never sent or logged.
"use strict";

const state = document.getElementById("state");
const token = location.hash.slice(1);
history.replaceState(null, "", location.pathname);

async function logIn() {
  const response = await fetch("/api/session", { method: "POST", body: JSON.stringify({ token }) });
  if (response.ok) {
    location.replace("/docs");
    return;
  }
  state.textContent = (await response.json()).error;
}

if (token) {
  logIn().catch(() => {
    state.textContent = "The server does not answer.";
  });
} else {
  state.textContent = "This link holds no token; 'deftly login-link' prints one.";
}
