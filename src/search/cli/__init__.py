"""The command line: `kamerwijzer index | ask | stance | quote | documents | …`."""
