namespace MlNetRecurrent;

/// <summary>The treatment of rows whose group or order is missing.</summary>
public enum MissingRowAction
{
    /// <summary>The row causes an <see cref="InvalidOperationException"/>. The default.</summary>
    Throw = 0,

    /// <summary>
    /// A view omits the row; each pass over the view logs the number of omitted rows. A <c>PredictionEngine</c> cannot omit a row and
    /// throws an <see cref="InvalidOperationException"/>.
    /// </summary>
    Drop = 1,
}
