"""The Train workspace: a short form, a run in a thread, its loss and scores while it goes on."""
