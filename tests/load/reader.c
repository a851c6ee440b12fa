/* A WebSocket client that costs little: thousands of lines on one core, so that the server is what is measured.

   reader PORT LIVE     LIVE: how the text begins that says that a line is live ("" for: as soon as it is open)

   First come the lines, one each: path TAB header TAB hello (a text to send once open, or nothing); then an empty one.
   After that commands, each answered with one line of JSON:

     open N       open all lines, at most N at once on their way (0: all); answers when each is live or lost
     count        what came since the last count
     drive K FILE the first K lines say FILE's text, each again when its own comes back; the text holds a mark of 21
                  characters "@" in a row, written over with who says it and when
     press K RATE the first K lines put their name on the list of speakers and take it off, in turns, RATE commands a
                  second in all; RATE 0: each as soon as the one before is answered, as often as a room allows a person
     quiet        nobody says any more
     drop         close all lines at once, as a network does that goes away

   A frame is read no further than its head: the cursor and the instant of ours, or the mark of a driver. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD = 160, MARK = 21, BUFFER = 1 << 18, LONGEST = 1 << 16, SLOTS = 100000, SLOT = 100 /* microseconds */ };
enum { ASKED_KEPT = 1 << 16 };
/* A little less than a room allows one person: 30 at once, 10 a second. */
static const double BURST = 28, PER_SECOND = 9.5;
enum state { AWAY, CONNECTING, ASKED, OPEN, LIVE };

struct line {
    int fd, number;
    enum state state;
    char *path, *header, *hello;
    char status[16];
    int status_kept, ends;           /* of the answer to the upgrade */
    unsigned char start[14];         /* of the frame under way: its first bytes, ... */
    int start_kept, opcode;
    uint64_t left;                   /* ... what is still to come of it, ... */
    int inside, kept;
    char head[HEAD + 1];             /* ... and how it begins */
    char *out;                       /* what the socket would not take yet */
    size_t out_length, out_sent;
    uint64_t cursor, last;           /* now, and at the last count */
    int close_code;
    unsigned pressed;                /* commands, of which every other one takes back the one before */
    int waiting;                     /* for the answer to the last */
    double allowance;
    uint64_t counted;
};

struct waits { uint64_t count, most; uint32_t slots[SLOTS]; };

static struct line *lines;
static int line_count, port, poller, settled, failed, on_their_way, next_to_open, at_most;
static int drivers, driving, opening;
static const char *live_text;
static char *message;
static size_t message_length, mark_at;
static uint64_t frames, bytes, refused;
static uint64_t opening_began;
static struct waits shown, answered;
static int pressers, pressing;
static double press_rate;
static uint64_t press_began, press_count, asked_at[ASKED_KEPT];
static char buffer[BUFFER];

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (uint64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void *need(void *made) {
    if (!made) { fputs("no memory\n", stderr); exit(1); }
    return made;
}

static void watch(struct line *one, int how, int output) {
    struct epoll_event event = {.events = EPOLLIN | (output ? EPOLLOUT : 0), .data.ptr = one};
    epoll_ctl(poller, how, one->fd, &event);
}

static void open_more(void);

/* A line is live, or never will be. */
static void settle(int well) {
    if (!opening) return;
    settled += well;
    failed += !well;
    on_their_way--;
    if (settled + failed == line_count) {
        printf("{\"live\":%d,\"failed\":%d,\"seconds\":%.6f}\n", settled, failed, (now() - opening_began) / 1e6);
        fflush(stdout);
        opening = 0;
    } else open_more();
}

static void lose(struct line *one, int code) {
    int was = one->state;
    if (was == AWAY) return;
    close(one->fd);
    free(one->out);
    one->out = NULL;
    one->out_length = one->out_sent = 0;
    one->state = AWAY;
    one->close_code = code;
    if (was != LIVE) settle(0);
}

static void push(struct line *one) {
    while (one->out_sent < one->out_length) {
        ssize_t sent = send(one->fd, one->out + one->out_sent, one->out_length - one->out_sent, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EAGAIN || errno == EWOULDBLOCK) { watch(one, EPOLL_CTL_MOD, 1); return; }
            lose(one, 1006);
            return;
        }
        one->out_sent += sent;
    }
    free(one->out);
    one->out = NULL;
    one->out_length = one->out_sent = 0;
    watch(one, EPOLL_CTL_MOD, 0);
}

static void put(struct line *one, const char *data, size_t length) {
    one->out = need(realloc(one->out, one->out_length + length));
    memcpy(one->out + one->out_length, data, length);
    one->out_length += length;
    push(one);
}

/* A masked frame; the mask is zero, which is as good as any on loopback. */
static void say(struct line *one, int opcode, const char *text, size_t length) {
    unsigned char start[14] = {0x80 | opcode};
    int wide = 2;
    if (length < 126) start[1] = 0x80 | length;
    else if (length < 65536) {
        start[1] = 0x80 | 126;
        start[2] = length >> 8, start[3] = length;
        wide = 4;
    } else {
        start[1] = 0x80 | 127;
        for (int n = 0; n < 8; n++) start[2 + n] = (uint64_t)length >> (56 - 8 * n);
        wide = 10;
    }
    char *frame = need(malloc(wide + 4 + length));
    memcpy(frame, start, wide);
    memset(frame + wide, 0, 4);
    memcpy(frame + wide + 4, text, length);
    put(one, frame, wide + 4 + length);
    free(frame);
}

static void speak(struct line *one) {
    if (!driving || one->state != LIVE) return;
    char mark[MARK + 1];
    snprintf(mark, sizeof mark, "@%04d%016llu", one->number, (unsigned long long)now());
    memcpy(message + mark_at, mark, MARK);
    say(one, 1, message, message_length);
}

static void wait_was(struct waits *waits, uint64_t sent, uint64_t came) {
    uint64_t waited = came > sent ? came - sent : 0, slot = waited / SLOT;
    waits->slots[slot < SLOTS ? slot : SLOTS - 1]++;
    if (waited > waits->most) waits->most = waited;
    waits->count++;
}

/* A command in the browser's form, as a line of ours takes it. */
static void press(struct line *one) {
    static const char *const what[] = {"\"ask_for_floor\",\"kind\":\"statement\"", "\"withdraw_request\""};
    char form[200];
    uint64_t number = press_count++;
    int length = snprintf(form, sizeof form, "{\"headers\":{\"HX-Request-ID\":\"r%llu\"},\"body\":{\"command\":%s}}",
                          (unsigned long long)number, what[one->pressed++ % 2]);
    asked_at[number % ASKED_KEPT] = now();
    one->waiting = 1;
    say(one, 1, form, length);
}

static void press_what_is_due(void) {
    uint64_t instant = now();
    if (press_rate > 0) {
        while (press_count < (instant - press_began) / 1e6 * press_rate) {
            struct line *one = &lines[press_count % pressers];
            if (one->state == LIVE) press(one);
            else press_count++;
        }
        return;
    }
    for (int n = 0; n < pressers; n++) {
        struct line *one = &lines[n];
        if (one->state != LIVE || one->waiting) continue;
        one->allowance += (instant - one->counted) / 1e6 * PER_SECOND;
        if (one->allowance > BURST) one->allowance = BURST;
        one->counted = instant;
        if (one->allowance < 1) continue;
        one->allowance--;
        press(one);
    }
}

static void take_answer(struct line *one, const char *text, uint64_t came) {
    one->waiting = 0;
    wait_was(&answered, asked_at[strtoull(text + 16, NULL, 10) % ASKED_KEPT], came);
    if (strstr(text, "\"refused\"")) refused++;
}

static void went_live(struct line *one) {
    one->state = LIVE;
    settle(1);
}

static void take(struct line *one) {
    uint64_t came = now();
    char *text = one->head;
    text[one->kept] = 0;
    if (one->opcode == 9) { say(one, 10, text, one->kept < 125 ? one->kept : 125); return; }
    if (one->opcode == 8) {
        lose(one, one->kept >= 2 ? (unsigned char)text[0] << 8 | (unsigned char)text[1] : 1005);
        return;
    }
    if (one->opcode != 1) return;
    if (one->state != LIVE) {
        if (strncmp(text, live_text, strlen(live_text))) return;
        went_live(one);
        if (!strncmp(text, "{\"cursor\":", 10)) one->cursor = one->last = strtoull(text + 10, NULL, 10);
        return;
    }
    if (!strncmp(text, "{\"request_id\":", 14)) { take_answer(one, text, came); return; }
    frames++;
    if (!strncmp(text, "{\"cursor\":", 10)) {
        char *rest;
        uint64_t cursor = strtoull(text + 10, &rest, 10);
        if (cursor <= one->cursor) return;
        one->cursor = cursor;
        if (!strncmp(rest, ",\"at\":", 6)) wait_was(&shown, strtoull(rest + 6, NULL, 10) * 1000, came);
    } else if (message && one->kept >= (int)(mark_at + MARK) && text[mark_at] == '@') {
        char *mark = text + mark_at + 1;
        wait_was(&shown, strtoull(mark + 4, NULL, 10), came);
        mark[4] = 0;
        if (one->number < drivers && atoi(mark) == one->number) speak(one);
    }
}

static void opened(struct line *one) {
    if (strncmp(one->status, "HTTP/1.1 101", 12)) { lose(one, 0); return; }
    one->state = OPEN;
    if (*one->hello) say(one, 1, one->hello, strlen(one->hello));
    if (one->state == OPEN && !*live_text) went_live(one);
}

static void read_answer(struct line *one, const char **at, const char *end) {
    static const char last[] = "\r\n\r\n";
    while (*at < end && one->state == ASKED) {
        char c = *(*at)++;
        if (one->status_kept < 12) one->status[one->status_kept++] = c;
        one->ends = c == last[one->ends] ? one->ends + 1 : c == '\r';
        if (one->ends == 4) opened(one);
    }
}

static void read_frames(struct line *one, const char *at, const char *end) {
    while (at < end && one->state >= OPEN) {
        if (!one->inside) {
            one->start[one->start_kept++] = *at++;
            if (one->start_kept < 2) continue;
            int size = one->start[1] & 127, wide = size < 126 ? 2 : size == 126 ? 4 : 10;
            if (one->start_kept < wide) continue;
            one->left = wide == 2 ? size : 0;
            for (int n = 2; n < wide; n++) one->left = one->left << 8 | one->start[n];
            one->opcode = one->start[0] & 15;
            one->kept = one->start_kept = 0;
            one->inside = 1;
        } else {
            uint64_t there = end - at, taken = there < one->left ? there : one->left;
            int room = HEAD - one->kept, kept = taken < (uint64_t)room ? (int)taken : room;
            memcpy(one->head + one->kept, at, kept);
            one->kept += kept;
            one->left -= taken;
            at += taken;
        }
        if (!one->left) {
            one->inside = 0;
            take(one);
        }
    }
}

static void readable(struct line *one) {
    ssize_t came = recv(one->fd, buffer, BUFFER, 0);
    if (came < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (came <= 0) { lose(one, 1006); return; }
    const char *at = buffer, *end = buffer + came;
    bytes += came;
    if (one->state == ASKED) read_answer(one, &at, end);
    if (one->state >= OPEN) read_frames(one, at, end);
}

static void ask(struct line *one) {
    char *text = NULL;
    int length = asprintf(&text,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bWVhc3VyZWQgb24gbG9vcA==\r\n%s%s\r\n",
        one->path, port, one->header, *one->header ? "\r\n" : "");
    if (length < 0) need(NULL);
    one->state = ASKED;
    one->status_kept = one->ends = one->start_kept = one->inside = 0;
    put(one, text, length);
    free(text);
}

static void open_one(struct line *one) {
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(port)};
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int yes = 1;
    on_their_way++;
    one->close_code = 0;
    one->state = CONNECTING;
    one->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (one->fd < 0) { one->state = AWAY; one->close_code = 1006; settle(0); return; }
    setsockopt(one->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(one->fd, (struct sockaddr *)&where, sizeof where) < 0 && errno != EINPROGRESS) {
        close(one->fd);
        one->state = AWAY;
        one->close_code = 1006;
        settle(0);
        return;
    }
    watch(one, EPOLL_CTL_ADD, 1);
}

static void open_more(void) {
    static int busy; /* a line that fails at once settles, which comes here again */
    if (busy) return;
    busy = 1;
    while (opening && next_to_open < line_count && (!at_most || on_their_way < at_most))
        open_one(&lines[next_to_open++]);
    busy = 0;
}

static double percentile(struct waits *waits, double share) {
    uint64_t rank = (uint64_t)(share * waits->count), sum = 0;
    for (int n = 0; n < SLOTS; n++)
        if ((sum += waits->slots[n]) > rank) return n * SLOT / 1e6;
    return waits->most / 1e6;
}

/* Says them and begins anew. */
static void tell(const char *name, struct waits *waits) {
    printf(",\"%s\":{\"p50\":%.6f,\"p99\":%.6f,\"most\":%.6f,\"count\":%llu}", name, waits->count ? percentile(waits, 0.50) : 0,
           waits->count ? percentile(waits, 0.99) : 0, waits->most / 1e6, (unsigned long long)waits->count);
    memset(waits, 0, sizeof *waits);
}

static void count(void) {
    uint64_t deliveries = 0, farthest = 0;
    int lost = 0, code = 0;
    for (int n = 0; n < line_count; n++) {
        struct line *one = &lines[n];
        uint64_t came = one->cursor - one->last;
        deliveries += came;
        if (came > farthest) farthest = came;
        one->last = one->cursor;
        if (one->state != LIVE) lost++, code = one->close_code;
    }
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    double cpu = used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    printf("{\"frames\":%llu,\"bytes\":%llu,\"deliveries\":%llu,\"events\":%llu,\"lost\":%d,"
           "\"close_code\":%d,\"cpu\":%.6f,\"refused\":%llu",
           (unsigned long long)frames, (unsigned long long)bytes, (unsigned long long)deliveries,
           (unsigned long long)farthest, lost, code, cpu,
           (unsigned long long)refused);
    tell("waited", &shown);
    tell("answered", &answered);
    puts("}");
    frames = bytes = refused = 0;
}

static void drop(void) {
    struct linger at_once = {1, 0};
    int open = 0;
    for (int n = 0; n < line_count; n++)
        if (lines[n].state != AWAY) {
            setsockopt(lines[n].fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
            lose(&lines[n], 0);
            open++;
        }
    printf("{\"dropped\":%d}\n", open);
}

static void drive(char *rest) {
    char *file = NULL;
    drivers = strtol(rest, &file, 10);
    FILE *from = fopen(file + 1, "rb");
    if (!from) { printf("{\"error\":\"no such file\"}\n"); return; }
    free(message);
    message = need(calloc(1, LONGEST + 1));
    message_length = fread(message, 1, LONGEST, from);
    fclose(from);
    char *mark = memmem(message, message_length, "@@@@@@@@@@@@@@@@@@@@@", MARK);
    if (!mark || mark - message + MARK > HEAD) { printf("{\"error\":\"no mark in the head\"}\n"); return; }
    mark_at = mark - message;
    driving = 1;
    for (int n = 0; n < drivers && n < line_count; n++) speak(&lines[n]);
    printf("{\"driving\":%d}\n", drivers);
}

static void begin_pressing(char *rest) {
    char *rate = NULL;
    pressers = strtol(rest, &rate, 10);
    press_rate = strtod(rate, NULL);
    if (pressers < 1 || pressers > line_count) { printf("{\"error\":\"not so many lines\"}\n"); return; }
    press_began = now();
    press_count = 0;
    for (int n = 0; n < pressers; n++) {
        lines[n].allowance = BURST;
        lines[n].counted = press_began;
        lines[n].waiting = 0;
    }
    pressing = 1;
    puts("{}");
}

static void obey(char *said) {
    if (!strncmp(said, "open ", 5)) {
        settled = failed = on_their_way = next_to_open = 0;
        at_most = atoi(said + 5);
        opening = 1;
        opening_began = now();
        open_more();
        return; /* answered when all have settled */
    }
    if (!strcmp(said, "count")) count();
    else if (!strncmp(said, "drive ", 6)) drive(said + 6);
    else if (!strncmp(said, "press ", 6)) begin_pressing(said + 6);
    else if (!strcmp(said, "quiet")) { driving = pressing = 0; puts("{}"); }
    else if (!strcmp(said, "drop")) drop();
    else puts("{\"error\":\"unknown command\"}");
    fflush(stdout);
}

static char *cut(char **text) {
    char *tab = strchrnul(*text, '\t'), *part = *text;
    *text = *tab ? tab + 1 : tab;
    *tab = 0;
    return strdup(part);
}

/* The lines, up to the empty one. Not by stdio: what follows is read by the poller. */
static int said(char *into, size_t room) {
    size_t length = 0;
    while (length + 1 < room && read(0, into + length, 1) == 1 && into[length] != '\n') length++;
    into[length] = 0;
    return length > 0;
}

int main(int argc, char **argv) {
    if (argc != 3) { fputs("reader PORT LIVE\n", stderr); return 2; }
    port = atoi(argv[1]);
    live_text = argv[2];
    struct rlimit most;
    getrlimit(RLIMIT_NOFILE, &most);
    most.rlim_cur = most.rlim_max;
    setrlimit(RLIMIT_NOFILE, &most);
    poller = epoll_create1(0);
    static char text[LONGEST];
    while (said(text, sizeof text)) {
        lines = need(realloc(lines, (line_count + 1) * sizeof *lines));
        struct line *one = &lines[line_count];
        memset(one, 0, sizeof *one);
        char *rest = text;
        one->number = line_count++;
        one->path = need(cut(&rest)), one->header = need(cut(&rest)), one->hello = need(cut(&rest));
    }
    struct epoll_event events[512], input = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poller, EPOLL_CTL_ADD, 0, &input);
    for (;;) {
        int ready = epoll_wait(poller, events, 512, pressing ? 1 : -1);
        if (pressing) press_what_is_due();
        for (int n = 0; n < ready; n++) {
            struct line *one = events[n].data.ptr;
            if (!one) {
                if (!said(text, sizeof text)) return 0;
                obey(text);
                continue;
            }
            if (one->state == AWAY) continue;
            if (events[n].events & EPOLLOUT) {
                if (one->state == CONNECTING) {
                    int error = 0;
                    socklen_t size = sizeof error;
                    getsockopt(one->fd, SOL_SOCKET, SO_ERROR, &error, &size);
                    if (error) { lose(one, 1006); continue; }
                    ask(one);
                } else push(one);
            }
            if (one->state != AWAY && events[n].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
                if (one->state == CONNECTING) lose(one, 1006);
                else readable(one);
            }
        }
    }
}
