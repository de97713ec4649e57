"""An app as beginners' tutorials on Flask-Login build it: sign up, log in, a profile, log out.

The benchmarks compare Vestibule with it. The session is Flask's signed cookie, and each request loads its user from the
database.
"""

import os

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user, logout_user
from flask_sqlalchemy import SQLAlchemy
from werkzeug.security import check_password_hash, generate_password_hash

db = SQLAlchemy()


class Person(UserMixin, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(254), unique=True, nullable=False)
    name = db.Column(db.String(100), nullable=False)
    password = db.Column(db.String(200), nullable=False)


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "only-for-measuring"
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///" + os.environ["DATABASE"]
    db.init_app(app)

    manager = LoginManager(app)
    manager.login_view = "login"

    @manager.user_loader
    def load(person_id):
        return db.session.get(Person, int(person_id))

    @app.get("/signup")
    def signup():
        return render_template("form.html", title="Sign Up", fields=["email", "name", "password"])

    @app.post("/signup")
    def signup_post():
        email = request.form["email"]
        if Person.query.filter_by(email=email).first():
            flash("Email address already exists.")
            return redirect(url_for("signup"))
        hashed = generate_password_hash(request.form["password"])
        db.session.add(Person(email=email, name=request.form["name"], password=hashed))
        db.session.commit()
        return redirect(url_for("login"))

    @app.get("/login")
    def login():
        return render_template("form.html", title="Login", fields=["email", "password"])

    @app.post("/login")
    def login_post():
        person = Person.query.filter_by(email=request.form["email"]).first()
        if not person or not check_password_hash(person.password, request.form["password"]):
            flash("Please check your login details and try again.")
            return redirect(url_for("login"))
        login_user(person, remember="remember" in request.form)
        return redirect(url_for("profile"))

    @app.get("/profile")
    @login_required
    def profile():
        return render_template("profile.html", title="Profile", name=current_user.name)

    # What a proxy in front of another app asks with `auth_request`.
    @app.get("/check")
    def check():
        if not current_user.is_authenticated:
            return "", 401
        return "", 200, {"Remote-User": current_user.email, "Remote-Name": current_user.name}

    @app.get("/logout")
    @login_required
    def logout():
        logout_user()
        return redirect(url_for("login"))

    with app.app_context():
        # Several processes start at once. One of them creates the table.
        try:
            db.create_all()
        except Exception:
            db.session.rollback()
    return app
