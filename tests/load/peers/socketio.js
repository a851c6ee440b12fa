// Socket.IO as its manual has it: whatever anybody says is emitted to everybody of the same room. Over WebSockets alone,
// without compression, and without asking idle lines whether they are still there.
const { createServer } = require("node:http");
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http, {
  transports: ["websocket"],
  serveClient: false,
  perMessageDeflate: false,
  pingInterval: 600_000,
});

io.on("connection", (socket) => {
  const room = socket.handshake.query.room;
  socket.join(room);
  socket.on("said", (text) => io.to(room).emit("said", text));
});
http.listen({ host: "127.0.0.1", port: 0, backlog: 2048 }, () => console.log(http.address().port));
