package songda.directory;

/** A person on duty. {@code toString} shows the id only: the rest is personal data. */
public record Contact(String role, String place, String id, String name, String phone, String mail) {

    @Override
    public String toString() {
        return id;
    }
}
