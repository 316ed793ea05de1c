namespace MlNetRecurrent;

/// <content>Regularization: class weights, noise, dropout of tokens and label smoothing.</content>
public sealed partial class RecurrentOptions
{
    // Null if the option is not set: the trainer chooses it.
    private float? _weightNoise, _rareTokenDropout, _labelSmoothing;

    /// <summary>
    /// Whether all classes have the same total weight in training. Not for regression or a CRF. Default: <see langword="false"/>.
    /// </summary>
    /// <remarks>
    /// The weight of an example is multiplied by N / (K Nₖ), where N is the total weight of all examples, K the number of classes and Nₖ
    /// the total weight of the examples of its class. A tagger balances the labels of the steps. If the label is a vector, each slot is
    /// balanced separately. The validation loss is weighted in the same way. The predicted probabilities are those of data with equally
    /// frequent classes. <see cref="TrainingOptions.GradientClipNorm"/> limits this effect: it shortens the gradient of batches that
    /// contain an example
    /// with a large weight. If a class makes up less than one percent of the examples, set <see cref="TrainingOptions.GradientClipNorm"/>
    /// to 0 or use
    /// larger batches.
    /// </remarks>
    public bool BalanceClasses { get; set; }

    /// <summary>
    /// The standard deviation of the Gaussian noise that is added to the weights in training, drawn anew for each batch. At least 0.
    /// Default: 0. Unless the option is set, the trainer chooses a value; set 0 to turn it off.
    /// </summary>
    /// <remarks>
    /// Weight noise reduces overfitting (Graves, 2011). Chung et al., 2014, used 0.075. The trainer chooses less noise for more rows, for
    /// regression, for wider layers, and for layers without gates, with stacks or with a <see cref="RecurrentLayer.TimeReduction"/> above
    /// 1. Embeddings get noise only if this option is set. For regression, noise that the trainer chooses decays during training with the
    /// learning rate and the error. The trainer chooses 0 with <see cref="LearningRateSchedule.HalveOnPlateau"/>, and in a
    /// <see cref="RecurrentOptions">fully specified</see> training.
    /// </remarks>
    public float WeightNoise { get => _weightNoise.GetValueOrDefault(); set => _weightNoise = value; }

    /// <summary>
    /// The probability with which each token is replaced by the unknown token (key 0) in training, drawn anew in each epoch. Not used for
    /// numeric features. At least 0 and below 1. Default: 0.
    /// </summary>
    /// <remarks>
    /// The network learns an embedding of the unknown token, and depends less on single words (Iyyer et al., 2015). By default,
    /// <c>MapValueToKey</c> has a key for every training word, so the unknown token occurs only through this dropout and
    /// <see cref="RareTokenDropout"/>. If both are 0, its embedding keeps its random initial value.
    /// </remarks>
    public float TokenDropout { get; set; }

    /// <summary>
    /// The strength α of the dropout of rare tokens in training: a token that occurs n times in the training data is replaced by the
    /// unknown token (key 0) with probability α / (α + n), drawn anew in each epoch. Not used for numeric features. At least 0.
    /// Default: 0. Unless the option is set, the trainer chooses a value; set 0 to turn it off.
    /// </summary>
    /// <remarks>
    /// The network learns an embedding of unknown words from rare ones (Kiperwasser and Goldberg, 2016). The trainer chooses 0.25 for
    /// tokens, and 0 in a <see cref="RecurrentOptions">fully specified</see> training.
    /// </remarks>
    public float RareTokenDropout { get => _rareTokenDropout.GetValueOrDefault(); set => _rareTokenDropout = value; }

    /// <summary>
    /// The label smoothing: the part of the probability of each label that is distributed over all classes in training. Not for regression
    /// or a CRF. At least 0 and below 1. Default: 0. Unless the option is set, the trainer chooses a value; set 0 to turn it off.
    /// </summary>
    /// <remarks>
    /// Label smoothing keeps predicted probabilities away from 0 and 1 (Szegedy et al., 2016). The validation loss is reported without it.
    /// The trainer chooses 0.1 for classification, less above 2000 rows, and 0 in a
    /// <see cref="RecurrentOptions">fully specified</see> training.
    /// </remarks>
    public float LabelSmoothing { get => _labelSmoothing.GetValueOrDefault(); set => _labelSmoothing = value; }

    internal bool HasWeightNoise => _weightNoise is not null;

    internal bool HasRareTokenDropout => _rareTokenDropout is not null;

    internal bool HasLabelSmoothing => _labelSmoothing is not null;
}
