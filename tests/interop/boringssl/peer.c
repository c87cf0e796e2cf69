/*
 * The other side of a TLS connection, on BoringSSL: the library inside Electron. Both ends demand a certificate.
 *
 *   peer client PORT CA CERT KEY LIST   connects to 127.0.0.1:PORT and reads once
 *   peer server CA CERT KEY LIST        prints "port N", serves one connection and writes an HTTP/2 SETTINGS frame
 *   peer list LIST                      says whether the library takes the list of signature algorithms
 *
 * LIST is a colon-separated list of signature algorithms, or "default" for the library's own.
 * Prints "ok" or "failed: reason" as its last line. Ends by itself after 20 seconds.
 */
#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* An empty SETTINGS frame: the first thing that any HTTP/2 server says. */
static const unsigned char SETTINGS[9] = {0, 0, 0, 4, 0, 0, 0, 0, 0};

static int fail(const char *where) {
  char text[256] = "no error in the queue";
  unsigned long error = ERR_get_error();
  if (error != 0) ERR_error_string_n(error, text, sizeof text);
  printf("failed: %s: %s\n", where, text);
  return 1;
}

static int set_list(SSL_CTX *context, const char *list) {
  return strcmp(list, "default") == 0 || SSL_CTX_set1_sigalgs_list(context, list);
}

/* A context that presents a certificate and demands one signed by CA. */
static SSL_CTX *new_context(const SSL_METHOD *method, char **files, const char *list) {
  SSL_CTX *context = SSL_CTX_new(method);
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
  if (!SSL_CTX_load_verify_locations(context, files[0], NULL)) return NULL;
  SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(files[0]));
  if (!SSL_CTX_use_certificate_chain_file(context, files[1])) return NULL;
  if (!SSL_CTX_use_PrivateKey_file(context, files[2], SSL_FILETYPE_PEM)) return NULL;
  return set_list(context, list) ? context : NULL;
}

static struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {0};
  address.sin_family = AF_INET;
  address.sin_port = htons((unsigned short)port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static int run_client(int port, char **files, const char *list) {
  SSL_CTX *context = new_context(TLS_client_method(), files, list);
  if (context == NULL) return fail("context");
  struct sockaddr_in address = loopback(port);
  int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) return fail("connect");

  SSL *ssl = SSL_new(context);
  static const unsigned char alpn[] = {2, 'h', '2'};
  SSL_set_alpn_protos(ssl, alpn, sizeof alpn);
  X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), "127.0.0.1");
  SSL_set_fd(ssl, descriptor);
  if (SSL_connect(ssl) != 1) return fail("handshake");
  /* In TLS 1.3 a refusal of our certificate comes only now. */
  unsigned char byte;
  if (SSL_read(ssl, &byte, 1) != 1) return fail("read");
  printf("ok\n");
  return 0;
}

static int run_server(char **files, const char *list) {
  SSL_CTX *context = new_context(TLS_server_method(), files, list);
  if (context == NULL) return fail("context");
  struct sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 1) != 0) return fail("listen");
  getsockname(listener, (struct sockaddr *)&address, &size);
  printf("port %d\n", ntohs(address.sin_port));
  fflush(stdout);

  SSL *ssl = SSL_new(context);
  SSL_set_fd(ssl, accept(listener, NULL, NULL));
  if (SSL_accept(ssl) != 1) return fail("handshake");
  if (SSL_write(ssl, SETTINGS, sizeof SETTINGS) != sizeof SETTINGS) return fail("write");
  printf("ok\n");
  return 0;
}

static int run_list(const char *list) {
  if (!set_list(SSL_CTX_new(TLS_method()), list)) return fail("list");
  printf("ok\n");
  return 0;
}

int main(int count, char **arguments) {
  alarm(20);
  signal(SIGPIPE, SIG_IGN);
  if (count == 7 && strcmp(arguments[1], "client") == 0) {
    return run_client(atoi(arguments[2]), arguments + 3, arguments[6]);
  }
  if (count == 6 && strcmp(arguments[1], "server") == 0) return run_server(arguments + 2, arguments[5]);
  if (count == 3 && strcmp(arguments[1], "list") == 0) return run_list(arguments[2]);
  fprintf(stderr, "usage: peer client|server|list ... (see the top of peer.c)\n");
  return 2;
}
