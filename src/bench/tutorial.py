"""Users and posts as FastAPI's and SQLAlchemy's tutorials have one write them, for src/bench/rivals.

The API is that part of Byline's which the benchmark asks for, with the same rows and the same members in the answers.
"""

import os
from datetime import datetime
from typing import List, Optional

from fastapi import Depends, FastAPI, HTTPException, Query, Response
from pydantic import BaseModel, Field
from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, String, Text, create_engine, func
from sqlalchemy.orm import Session, declarative_base, joinedload, relationship, sessionmaker

WORKERS = 2

# As many connections as Byline's pool has, divided by the processes.
engine = create_engine(os.environ["DATABASE_URL"], pool_size=12 // WORKERS, max_overflow=0, pool_timeout=30)
SessionLocal = sessionmaker(autocommit=False, autoflush=False, bind=engine)
Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(BigInteger, primary_key=True)
    name = Column(String(100), nullable=False)
    age = Column(Integer)
    created_at = Column(DateTime(timezone=True), server_default=func.now())
    updated_at = Column(DateTime(timezone=True), server_default=func.now())
    version = Column(BigInteger, server_default="0")

    posts = relationship("Post", back_populates="user", order_by="Post.id")


class Post(Base):
    __tablename__ = "posts"

    id = Column(BigInteger, primary_key=True)
    user_id = Column(BigInteger, ForeignKey("users.id"), nullable=False)
    title = Column(String(200), nullable=False)
    content = Column(Text, nullable=False)
    created_at = Column(DateTime(timezone=True), server_default=func.now())
    updated_at = Column(DateTime(timezone=True), server_default=func.now())
    version = Column(BigInteger, server_default="0")

    user = relationship("User", back_populates="posts")


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


class Schema(BaseModel):
    class Config:
        orm_mode = True
        alias_generator = camel
        allow_population_by_field_name = True


class UserView(Schema):
    id: int
    name: str
    age: Optional[int]
    created_at: datetime
    updated_at: datetime
    version: int


class PostInput(Schema):
    title: str = Field(min_length=1, max_length=200)
    content: str = Field(max_length=100_000)
    user_id: int


class PostView(PostInput):
    id: int
    created_at: datetime
    updated_at: datetime
    version: int


class PostWithUserView(PostView):
    user: UserView


def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


app = FastAPI()


@app.get("/users/{user_id}", response_model=UserView)
def read_user(user_id: int, db: Session = Depends(get_db)):
    user = db.query(User).filter(User.id == user_id).first()
    if user is None:
        raise HTTPException(status_code=404, detail="User not found")
    return user


@app.get("/posts", response_model=List[PostView])
def read_posts(limit: int = Query(20, ge=1, le=1000), db: Session = Depends(get_db)):
    return db.query(Post).order_by(Post.id).limit(limit).all()


# A path of its own, because one response_model is one shape.
@app.get("/posts-with-users", response_model=List[PostWithUserView])
def read_posts_with_users(limit: int = Query(20, ge=1, le=1000), db: Session = Depends(get_db)):
    return db.query(Post).options(joinedload(Post.user)).order_by(Post.id).limit(limit).all()


@app.get("/users/{user_id}/posts", response_model=List[PostView])
def read_posts_of_user(user_id: int, limit: int = Query(20, ge=1, le=1000), db: Session = Depends(get_db)):
    return db.query(Post).filter(Post.user_id == user_id).order_by(Post.id).limit(limit).all()


@app.post("/posts", response_model=PostView, status_code=201)
def create_post(post: PostInput, response: Response, db: Session = Depends(get_db)):
    row = Post(**post.dict())
    db.add(row)
    db.commit()
    db.refresh(row)
    response.headers["Location"] = f"/posts/{row.id}"
    return row
