// The ws package as its manual has it: whatever anybody says is sent to everybody of the same path, as it came.
const { WebSocketServer, WebSocket } = require("ws");

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, backlog: 2048 }, () => {
  console.log(server.address().port);
});
const rooms = new Map();

server.on("connection", (socket, request) => {
  if (!rooms.has(request.url)) rooms.set(request.url, new Set());
  const room = rooms.get(request.url);
  room.add(socket);
  socket.on("close", () => room.delete(socket));
  socket.on("message", (data, binary) => {
    for (const one of room) if (one.readyState === WebSocket.OPEN) one.send(data, { binary });
  });
});
