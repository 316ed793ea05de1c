using System.ComponentModel.DataAnnotations;

namespace WebService;

/// <summary>A text of a review: neither empty nor longer than a review is.</summary>
public sealed record PredictRequest([property: Required, StringLength(PredictRequest.MaximumTextLength)] string Text)
{
    public const int MaximumTextLength = 2000;
}
