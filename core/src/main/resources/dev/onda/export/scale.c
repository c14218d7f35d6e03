/* Near silence is not made louder still. */
static float scale_to(float size)
{
    return 1.0f / (size > FLOOR ? size : FLOOR);
}
